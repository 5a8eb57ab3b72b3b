package io.muster.client;

/// How the disk of a node's log does.
///
/// @param lastSyncMicros how long the last write took until it was synced; 0 before the first
/// @param slowestSyncMicros the longest of the last seconds
/// @param waitingMicros how long the oldest write has been on its way; 0 where none is
/// @param roomBytes how many bytes the log may still grow
public record DiskReport(long lastSyncMicros, long slowestSyncMicros, long waitingMicros, long roomBytes) {}
