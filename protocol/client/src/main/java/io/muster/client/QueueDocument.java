package io.muster.client;

import org.jspecify.annotations.Nullable;

/// One queue: how much waits in it, how much of it runs, and for how long its oldest ready job has waited.
///
/// @param weight its share of the slots against other queues
/// @param paused whether its jobs are held back
/// @param leaderWorks whether the leader's own worker is given its jobs: `never`, `when_alone` or `always`
public record QueueDocument(
        String queue,
        long waiting,
        long running,
        @Nullable Long oldestWaitingMillis,
        String leaderWorks,
        int weight,
        boolean paused) {}
