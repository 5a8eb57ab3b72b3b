package io.muster.consensus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The stored forms that must never change, as files.
final class Golden {
    private Golden() {}

    /// The only line of `src/test/resources/golden/<name>`.
    static String line(String name) {
        try {
            return Files.readString(Path.of("src", "test", "resources", "golden", name))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
