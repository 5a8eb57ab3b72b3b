package io.muster.raftruntime;

import io.muster.log.EngineStatus;
import java.util.TreeMap;

/// What a node keeps on its disk, for people.
///
/// @param logBytes how large the log is
/// @param firstIndex where it begins
/// @param snapshots the snapshots beside it
record DiskFigures(long logBytes, long firstIndex, SnapshotFigures snapshots) {
    /// Before there is a log.
    static final DiskFigures NONE = new DiskFigures(0, 0, SnapshotFigures.NONE);

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
