package io.muster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// How old an imported database is: since it was last compared with its source, or else imported.
final class Freshness {
    /// OSV changes daily; after a week a scan misses what everybody else knows.
    static final Duration STALE = Duration.ofDays(7);

    /// Touched by each update that found nothing wrong, also when nothing had changed.
    static final String CHECKED = "checked";

    private Freshness() {}

    /// Empty where there is no imported database.
    static Optional<Duration> of(Path store) {
        try {
            for (Path mark : new Path[] {store.resolve(CHECKED), store.resolve("current")}) {
                if (Files.exists(mark)) {
                    var since = Files.getLastModifiedTime(mark).toInstant();
                    return Optional.of(Duration.between(since, Clock.systemUTC().instant()));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The database is as new as its source, as of now.
    static void renew(Path store) throws IOException {
        Path mark = store.resolve(CHECKED);
        if (!Files.exists(mark)) {
            Files.createFile(mark);
        }
        Files.setLastModifiedTime(mark, FileTime.from(Clock.systemUTC().instant()));
    }
}
