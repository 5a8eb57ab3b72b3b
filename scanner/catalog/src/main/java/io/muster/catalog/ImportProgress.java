package io.muster.catalog;

/// Hears how an import goes, every [#INTERVAL] documents; called on the importing thread.
@FunctionalInterface
public interface ImportProgress {

    /// How many documents lie between two calls: often enough for a bar, too rarely to cost anything.
    int INTERVAL = 1_000;

    /// Says nothing to anyone.
    ImportProgress SILENT = (seen, unchanged) -> {};

    /// So many documents were seen, and so many of them taken over unread from the snapshot before.
    void documents(long seen, long unchanged);
}
