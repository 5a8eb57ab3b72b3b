package io.muster.client;

/// Where a job stands, as it is shown outside.
public enum JobStatus {
    /// Not before a certain instant: a delayed start, or the back-off before another attempt.
    SCHEDULED,
    /// Ready, and waiting for a free slot.
    QUEUED,
    /// A worker holds it.
    CLAIMED,
    /// Finished with a result.
    SUCCEEDED,
    /// Given up after its last attempt; can be retried by hand.
    DEAD,
    /// Ended by somebody's wish.
    CANCELLED
}
