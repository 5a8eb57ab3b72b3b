package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Stored forms that must never change: a text file with a name and its bytes in hexadecimal on each line.
///
/// On a difference the actual lines are written to `target/golden`, to be looked at, and to be copied over the file
/// only when the form has a new version.
final class Golden {
    private Golden() {}

    static void check(String file, Map<String, byte[]> actual) throws IOException {
        String lines = new TreeMap<>(actual)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + HexFormat.of().formatHex(entry.getValue()) + "\n")
                        .collect(Collectors.joining());
        Path written = Path.of("target", "golden", file);
        Files.createDirectories(written.getParent());
        Files.writeString(written, lines);
        assertThat(lines).isEqualTo(expected(file));
    }

    private static String expected(String file) throws IOException {
        try (var stream = Golden.class.getResourceAsStream("/golden/" + file)) {
            return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
