package io.muster.jobs;

/// How a worker stands with the ledger.
public enum WorkerStanding {
    /// It is given work.
    ACTIVE,
    /// Its channel closed: it is given nothing new, and keeps what it holds.
    SUSPENDED,
    /// It is gone and holds nothing.
    LOST
}
