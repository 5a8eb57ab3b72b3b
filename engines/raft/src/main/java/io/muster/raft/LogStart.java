package io.muster.raft;

import io.muster.encoding.Invariant;
import io.muster.encoding.MalformedException;
import io.muster.log.LogTime;
import io.muster.log.SnapshotMeta;

/// Where a log begins: its entries up to and including `index` were removed, and a snapshot covers them
/// (Raft §7).
///
/// It is stored in the transaction that removes them, so that no crash leaves a log that does not know
/// what came before it (T25). It lies between two batches.
///
/// @param index the last entry that was removed; 0 for a log that is whole
/// @param term the term of that entry
/// @param time the log time of that entry
/// @param configuration who takes part as of that entry, and since which index
public record LogStart(long index, long term, LogTime time, StoredConfiguration configuration) {
    /// Of a log from which nothing was removed.
    public static final LogStart BEGINNING = new LogStart(0, 0, LogTime.ZERO, StoredConfiguration.NONE);

    public LogStart {
        Invariant.check(index >= 0 && term >= 0, "an index and a term are never negative");
        Invariant.check(configuration.index() <= index, "a base knows no configuration that came after it");
    }

    /// Where a log begins that continues the snapshot `meta`; throws
    /// [io.muster.encoding.MalformedException] where that does not say who takes part.
    public static LogStart behind(SnapshotMeta meta) {
        var configuration = StoredConfiguration.decode(meta.engine());
        if (configuration.index() > meta.lastIndex()) {
            throw new MalformedException("the snapshot up to " + meta.lastIndex()
                    + " knows a configuration that came after it, at " + configuration.index());
        }
        return new LogStart(meta.lastIndex(), meta.lastTerm(), meta.lastTime(), configuration);
    }
}
