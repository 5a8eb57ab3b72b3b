package io.muster.raftruntime;

import io.muster.log.EngineStatus;
import java.util.TreeMap;

/// What a node keeps on its disk, for people.
///
/// @param logBytes how large the log is
/// @param firstIndex where it begins
/// @param snapshots the snapshots beside it
record DiskMetrics(long logBytes, long firstIndex, SnapshotMetrics snapshots) {
    /// Before there is a log.
    static final DiskMetrics NONE = new DiskMetrics(0, 0, SnapshotMetrics.NONE);

    private static final long MIB = 1 << 20;

    /// A status that shows these too.
    EngineStatus addTo(EngineStatus status) {
        var details = new TreeMap<>(status.details());
        details.put("logFirstIndex", Long.toString(firstIndex));
        details.put("logMebibytes", Long.toString(logBytes / MIB));
        details.put("snapshotIndex", Long.toString(snapshots.lastIndex()));
        details.put("snapshotMebibytes", Long.toString(snapshots.bytes() / MIB));
        return new EngineStatus(
                status.self(),
                status.role(),
                status.term(),
                status.leader(),
                status.lastIndex(),
                status.durableIndex(),
                status.commitIndex(),
                status.wallAheadMillis(),
                status.members(),
                status.isChanging(),
                status.peers(),
                details);
    }
}
