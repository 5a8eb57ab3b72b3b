package io.muster.raft;

import io.muster.log.SnapshotMeta;
import java.util.List;
import java.util.Optional;

/// The snapshots on this node's disk, and how far its log can be cut because of them.
///
/// The log is never cut above the older of the two newest: where the newest turns out to be damaged, a
/// start takes the one before it and replays the rest. It keeps [RaftConfig.MemoryLimits#keptBytes] behind the cut
/// besides, so that a follower that is slow but alive is fed from the log.
final class KeptSnapshots {
    private List<SnapshotMeta> kept;

    /// @param kept oldest first
    KeptSnapshots(List<SnapshotMeta> kept) {
        this.kept = kept;
    }

    void keep(List<SnapshotMeta> now) {
        kept = now;
    }

    /// The newest whose end `log` knows to be committed, and from which on it has everything.
    Optional<SnapshotMeta> offered(RaftLog log) {
        return kept.reversed().stream()
                .filter(meta -> meta.lastIndex() <= log.commitIndex() && isHeld(log, meta))
                .findFirst();
    }

    /// Where the log is to begin from now on; empty where it stays what it is.
    ///
    /// @param notAbove entries above this one are still needed for another reason
    Optional<LogStart> cut(RaftLog log, long notAbove, long keptBytes) {
        if (kept.size() < 2) {
            return Optional.empty();
        }
        long older = kept.get(kept.size() - 2).lastIndex();
        long limit = Math.min(Math.min(older, notAbove), Math.min(log.commitIndex(), log.durableIndex()));
        return log.placeToCut(limit, keptBytes)
                .or(() -> behindMemory(log, limit, keptBytes))
                .filter(base -> base.index() > log.base().index());
    }

    /// The end of a snapshot that lies before all that is in memory, where that is enough to keep: what
    /// lies there could only be looked at on the disk.
    private Optional<LogStart> behindMemory(RaftLog log, long limit, long keptBytes) {
        var window = log.window();
        if (window.bytes() < keptBytes) {
            return Optional.empty();
        }
        long most = Math.min(limit, window.firstIndex().orElse(log.lastIndex() + 1) - 1);
        return kept.reversed().stream()
                .filter(meta -> meta.lastIndex() <= most && isHeld(log, meta))
                .findFirst()
                .map(LogStart::behind);
    }

    private static boolean isHeld(RaftLog log, SnapshotMeta meta) {
        return log.terms().holds(meta.lastIndex(), meta.lastTerm());
    }
}
