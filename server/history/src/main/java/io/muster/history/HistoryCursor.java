package io.muster.history;

/// A place in the history, between two jobs: everything before job `ordinal` of block `block` is older.
///
/// Blocks never change, so a cursor stays right for ever, however much finishes meanwhile.
public record HistoryCursor(long block, int ordinal) {
    /// Before which there is everything: above the newest job.
    public static final HistoryCursor NEWEST = new HistoryCursor(Long.MAX_VALUE, 0);

    public HistoryCursor {
        if (block < 0 || ordinal < 0) {
            throw new IllegalArgumentException("there is no job " + ordinal + " of block " + block);
        }
    }

    /// Below which there is nothing.
    public boolean isAtEnd() {
        return block <= 1 && ordinal == 0;
    }
}
