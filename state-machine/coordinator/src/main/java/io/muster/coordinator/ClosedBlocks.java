package io.muster.coordinator;

import io.muster.jobs.HistoryBlock;

/// Where the history blocks that were closed are kept.
public interface ClosedBlocks {
    /// Takes the next block. Called on the coordinator's thread.
    void take(HistoryBlock block);

    /// Returns once every block taken so far is on disk: a snapshot does not hold them, and the log
    /// that they follow from is cut behind it. Called on the thread that writes the snapshot; what
    /// keeps nothing has nothing to wait for.
    default void awaitWritten() {}
}
