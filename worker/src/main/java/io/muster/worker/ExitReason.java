package io.muster.worker;

/// Why a worker is over.
public enum ExitReason {
    /// It was asked to drain, and owes nobody anything any more.
    DRAINED,
    /// It was asked to drain, and could not in time; what is left is lost to it and will run again.
    DRAIN_TIMED_OUT,
    /// Another incarnation has taken over its name.
    REPLACED,
    /// Servers have refused its key for longer than [WorkerTimes#denial]: the key is wrong or was revoked.
    DENIED,
    /// It was told to stop at once.
    STOPPED
}
