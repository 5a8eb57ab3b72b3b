package io.muster.jobs;

import io.muster.log.NodeId;
import java.util.List;

/// Why a job of the ledger does not run at this moment.
///
/// @param state where it stands
/// @param obstacles what keeps a queued job waiting, the queue's affairs first, then each worker's; of other jobs the
///     state says it all
public record Explanation(JobState.InLedger state, List<Obstacle> obstacles) {
    public Explanation {
        obstacles = List.copyOf(obstacles);
    }

    /// One thing that keeps a queued job waiting.
    public sealed interface Obstacle {
        /// Its queue is paused.
        record QueuePaused(String queue) implements Obstacle {}

        /// As many jobs run under its concurrency key as may.
        record ConcurrencyFull(String key, int limit) implements Obstacle {}

        /// It was lost too often to share a worker and waits until one is idle.
        record MustRunAlone(int losses) implements Obstacle {}

        /// No worker is there at all.
        record NoWorkers() implements Obstacle {}

        /// No worker that is there has a handler for it.
        record NoHandler(String type) implements Obstacle {}

        /// `worker` cannot have it.
        record Worker(NodeId worker, Ineligibility reason) implements Obstacle {}
    }

    /// Why one worker cannot have the job.
    public enum Ineligibility {
        /// It has no handler of that type.
        NO_HANDLER,
        /// It lacks a required label.
        LABELS_MISSING,
        /// It is lost, suspended, or has no slots at all.
        AWAY,
        /// It finishes what it holds and takes nothing new.
        DRAINING,
        /// It leads, and the queue does not let the leader work, or not while others could.
        LEADS,
        /// All its slots are taken; the job waits its turn.
        FULL,
        /// It is kept for, or busy with, a job that must run alone.
        RESERVED
    }
}
