package io.muster.log;

import io.muster.encoding.Bytes;
import io.muster.encoding.Invariant;

/// What a snapshot of the state stands for: the log up to and including one entry (Raft §7).
///
/// @param lastIndex the last entry that is covered
/// @param lastTerm the term of that entry
/// @param lastTime the log time of that entry
/// @param engine what the engine must know of the covered log and the state machine does not: for Raft, who
///     takes part
public record SnapshotMeta(long lastIndex, long lastTerm, LogTime lastTime, Bytes engine) {
    public SnapshotMeta {
        Invariant.check(lastIndex > 0 && lastTerm >= 0, "a snapshot covers at least one entry");
    }
}
