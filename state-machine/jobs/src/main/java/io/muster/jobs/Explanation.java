package io.muster.jobs;

import io.muster.log.NodeId;
import java.util.List;

/// Why a job does not run at this moment.
public sealed interface Explanation {
    /// It does run.
    record Runs(Claim claim) implements Explanation {}

    /// It waits for an instant.
    record Waits(long untilMicros, JobState.Delay why) implements Explanation {}

    /// It waits for a worker; what stands in its way, the queue's affairs first, then each worker's.
    record Queued(List<Obstacle> obstacles) implements Explanation {
        public Queued {
            obstacles = List.copyOf(obstacles);
        }
    }

    /// It is a dead letter until someone retries or purges it.
    record IsDead(JobState.DeathReason reason, String message) implements Explanation {}

    /// It is not in the ledger: it has finished, or never was.
    record NotInLedger() implements Explanation {}

    /// One thing that keeps a queued job waiting.
    sealed interface Obstacle {
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
        record Worker(NodeId worker, Hindrance hindrance) implements Obstacle {}
    }

    /// Why one worker cannot have the job.
    enum Hindrance {
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
