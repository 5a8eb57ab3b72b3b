package io.muster.node;

import io.muster.coordinator.ClosedBlocks;
import io.muster.history.HistoryException;
import io.muster.history.HistoryStore;
import io.muster.jobs.HistoryBlock;

/// Keeps closed history blocks on this node's disk.
record KeptHistory(HistoryStore store) implements ClosedBlocks {
    @Override
    public void take(HistoryBlock block) {
        try {
            store.add(block);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void awaitWritten() {
        try {
            store.awaitWritten();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryException("the wait for the history was interrupted", e);
        }
    }
}
