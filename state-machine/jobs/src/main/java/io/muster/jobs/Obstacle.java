package io.muster.jobs;

import io.muster.log.NodeId;

/// One thing that keeps a queued job waiting.
public sealed interface Obstacle {
    /// What only a change of the cluster takes away: the job waits in vain as things stand. Slots that are
    /// all taken are none, since they come free by themselves.
    sealed interface Lasting extends Obstacle {}

    /// Its queue is paused.
    record QueuePaused(String queue) implements Lasting {}

    /// No worker is there at all.
    record NoWorkers() implements Lasting {}

    /// No worker that is there has a handler for it.
    record NoHandler(String type) implements Lasting {}

    /// No worker that is there has both a handler for `type` and all of `labels`.
    record NoLabels(String type, Labels labels) implements Lasting {}

    /// Those that could run `type` with `labels` have drained, are away, offer no slots, or lead while the
    /// queue does not let the leader work.
    record NoTaker(String type, Labels labels) implements Lasting {}

    /// As many jobs run under its concurrency key as may.
    record ConcurrencyFull(String key, int limit) implements Obstacle {}

    /// It was lost too often to share a worker and waits until one is idle.
    record MustRunAlone(int losses) implements Obstacle {}

    /// `worker` cannot have it.
    record Worker(NodeId worker, Ineligibility reason) implements Obstacle {}

    /// Why one worker cannot have the job.
    enum Ineligibility {
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
