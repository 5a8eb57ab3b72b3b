package io.muster.cli;

import io.muster.log.ClusterId;
import io.muster.log.SnapshotContents;
import io.muster.log.SnapshotMeta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A snapshot file as it is printed.
///
/// @param file where it is
/// @param bytes how large it is
/// @param isWhole whether every byte is what was written
/// @param damage where it is damaged, as a sentence
/// @param cluster whose state it is
/// @param index the last entry that it knows of
/// @param term the term of that entry
/// @param time log time of that entry
/// @param parts what it holds, as far as it is whole; each chunk of the section `history` is a block of finished jobs
record SnapshotView(
        String file,
        long bytes,
        boolean isWhole,
        @Nullable String damage,
        @Nullable String cluster,
        long index,
        long term,
        @Nullable String time,
        List<SnapshotContents.Part> parts) {
    static SnapshotView of(Path file, SnapshotContents found) throws IOException {
        var meta = found.meta();
        return new SnapshotView(
                file.toString(),
                Files.size(file),
                found.damage().isEmpty(),
                found.damage().orElse(null),
                found.cluster().map(ClusterId::toString).orElse(null),
                meta.map(SnapshotMeta::lastIndex).orElse(0L),
                meta.map(SnapshotMeta::lastTerm).orElse(0L),
                meta.map(known -> time(known.lastTime().micros())).orElse(null),
                found.parts());
    }

    /// An instant as it is printed.
    static String time(long micros) {
        return Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
