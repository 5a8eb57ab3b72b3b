package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares what is stored or sent with what was stored or sent when the format was made. A difference means that nodes
/// of two versions cannot talk, or that an old log cannot be read: raise the version instead of the file.
final class Golden {
    private Golden() {}

    /// Compares with the file, or writes it where `-Dgolden.write=true` says so.
    static void assertMatches(String name, String actual) {
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.writeString(Path.of("src/test/resources/golden", name), actual);
            }
            try (var stored = Golden.class.getResourceAsStream("/golden/" + name)) {
                String expected = stored == null
                        ? Files.readString(Path.of("src/test/resources/golden", name))
                        : new String(stored.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(actual).isEqualTo(expected);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
