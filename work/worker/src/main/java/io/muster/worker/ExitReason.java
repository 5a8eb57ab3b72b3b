package io.muster.worker;

/// Why a worker is over.
public enum ExitReason {
    /// It was asked to drain, and owes nobody anything any more.
    DRAINED,
    /// It was asked to drain, and could not in time; what is left is lost to it and will run again.
    DRAIN_TIMED_OUT,
    /// Another process works under its name: it has taken over, or goes on and does not give way.
    REPLACED,
    /// Servers have refused its key for longer than [WorkerTimes#denial]: the key is wrong or was revoked.
    DENIED,
    /// It was told to stop at once.
    STOPPED
}
