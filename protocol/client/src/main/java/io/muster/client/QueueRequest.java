package io.muster.client;

import org.jspecify.annotations.Nullable;

/// How a queue is to be served from now on. What is left out is as it is for a queue that nobody configured.
///
/// @param weight its share of the slots against other queues, 1 to 1,000
/// @param leaderWorks whether the leader's own worker takes its jobs: `never`, `when_alone` or `always`
/// @param paused whether its jobs are held back; those that run go on
public record QueueRequest(
        @Nullable Integer weight,
        @Nullable String leaderWorks,
        @Nullable Boolean paused) {}
