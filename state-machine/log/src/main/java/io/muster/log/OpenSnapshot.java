package io.muster.log;

/// A snapshot whose every byte was found whole, open for reading.
///
/// @param cluster whose state it is
/// @param meta what it stands for
public record OpenSnapshot(ClusterId cluster, SnapshotMeta meta, SnapshotReader reader) implements AutoCloseable {
    @Override
    public void close() {
        reader.close();
    }
}
