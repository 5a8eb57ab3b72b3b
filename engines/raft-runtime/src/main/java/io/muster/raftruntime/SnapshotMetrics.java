package io.muster.raftruntime;

import io.muster.log.SnapshotMeta;

/// What can be said of a node's snapshots, for people.
///
/// @param lastIndex the last entry that the newest snapshot covers; 0 while there is none
/// @param newestBytes how large the newest is
/// @param bytes how large all kept snapshots are together
/// @param writtenMillis when the newest was written or received, in milliseconds since 1970; 0 while there is none
/// @param lastDurationMillis how long writing took the last time; 0 before the first since the start
/// @param failures how many could not be written or received since the start
/// @param sent how many were sent to other nodes, whole, since the start
/// @param received how many were received from other nodes, whole, since the start
public record SnapshotMetrics(
        long lastIndex,
        long newestBytes,
        long bytes,
        long writtenMillis,
        long lastDurationMillis,
        long failures,
        long sent,
        long received) {
    /// No snapshot yet.
    public static final SnapshotMetrics NONE = new SnapshotMetrics(0, 0, 0, 0, 0, 0, 0, 0);

    SnapshotMetrics withKept(SnapshotFolder folder) {
        if (folder.kept().isEmpty()) {
            return this;
        }
        SnapshotMeta newest = folder.kept().getFirst();
        return new SnapshotMetrics(
                newest.lastIndex(),
                folder.bytes(newest),
                folder.bytes(),
                folder.writtenMillis(newest),
                lastDurationMillis,
                failures,
                sent,
                received);
    }

    SnapshotMetrics withDuration(long millis) {
        return with(millis, failures, sent, received);
    }

    SnapshotMetrics withFailure() {
        return with(lastDurationMillis, failures + 1, sent, received);
    }

    SnapshotMetrics withSent(long whole) {
        return with(lastDurationMillis, failures, whole, received);
    }

    SnapshotMetrics withReceived() {
        return with(lastDurationMillis, failures, sent, received + 1);
    }

    private SnapshotMetrics with(long duration, long failed, long sentWhole, long receivedWhole) {
        return new SnapshotMetrics(
                lastIndex, newestBytes, bytes, writtenMillis, duration, failed, sentWhole, receivedWhole);
    }
}
