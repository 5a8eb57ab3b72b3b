package io.muster.worker;

/// Why a run is stopped before it ended of itself.
public enum StopReason {
    /// The leader said so: the job was cancelled, or is somebody else's.
    DROPPED,
    /// A later attempt of the same job was given to this very worker.
    SUPERSEDED,
    /// It ran longer than it may.
    TIMED_OUT,
    /// The worker may not trust its claims any more, and nothing fences what this run does.
    LEASE_LAPSED,
    /// The worker drains and cannot wait any longer.
    DRAINING,
    /// Another incarnation has taken over the worker's name.
    REPLACED,
    /// The worker was told to stop at once.
    STOPPED
}
