package io.muster.raftruntime;

/// What can be said of a node's snapshots, for people.
///
/// @param lastIndex the last entry that the newest snapshot covers; 0 while there is none
/// @param bytes how large all kept snapshots are together
/// @param writtenMillis when the newest was written or received, in milliseconds since 1970; 0 while there is none
/// @param lastDurationMillis how long writing took the last time; 0 before the first since the start
/// @param failures how many could not be written or received since the start
/// @param sent how many were sent to other nodes, whole, since the start
/// @param received how many were received from other nodes, whole, since the start
public record SnapshotFigures(
        long lastIndex,
        long bytes,
        long writtenMillis,
        long lastDurationMillis,
        long failures,
        long sent,
        long received) {
    /// No snapshot yet.
    public static final SnapshotFigures NONE = new SnapshotFigures(0, 0, 0, 0, 0, 0, 0);

    SnapshotFigures withKept(long newest, long keptBytes, long millis) {
        return new SnapshotFigures(newest, keptBytes, millis, lastDurationMillis, failures, sent, received);
    }

    SnapshotFigures withDuration(long millis) {
        return new SnapshotFigures(lastIndex, bytes, writtenMillis, millis, failures, sent, received);
    }

    SnapshotFigures withFailure() {
        return new SnapshotFigures(lastIndex, bytes, writtenMillis, lastDurationMillis, failures + 1, sent, received);
    }

    SnapshotFigures withSent(long whole) {
        return new SnapshotFigures(lastIndex, bytes, writtenMillis, lastDurationMillis, failures, whole, received);
    }

    SnapshotFigures withReceived() {
        return new SnapshotFigures(lastIndex, bytes, writtenMillis, lastDurationMillis, failures, sent, received + 1);
    }
}
