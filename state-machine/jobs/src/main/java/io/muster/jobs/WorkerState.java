package io.muster.jobs;

/// What the ledger holds of a worker.
public enum WorkerState {
    /// It is given work.
    ACTIVE,
    /// Its channel closed: it is given nothing new, and keeps what it holds.
    SUSPENDED,
    /// It is gone without a word and holds nothing.
    LOST,
    /// It drained, owed nothing any more, and went.
    LEFT;

    /// Whether it is gone, in whichever way.
    public boolean isGone() {
        return this == LOST || this == LEFT;
    }
}
