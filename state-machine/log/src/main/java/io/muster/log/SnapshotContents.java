package io.muster.log;

import java.util.List;
import java.util.Optional;

/// What a pass over a snapshot's bytes found, as far as they are whole.
///
/// @param cluster whose state it is; empty where not even that could be read
/// @param meta what it stands for; likewise
/// @param parts what it holds, in the order of their names
/// @param damage where it is damaged, as a sentence; empty where all of it is whole
public record SnapshotContents(
        Optional<ClusterId> cluster, Optional<SnapshotMeta> meta, List<Part> parts, Optional<String> damage) {
    public SnapshotContents {
        parts = List.copyOf(parts);
    }

    /// A section of it.
    ///
    /// @param chunks how many checked pieces it has
    /// @param bytes how large they are together
    public record Part(String section, int chunks, long bytes) {}
}
