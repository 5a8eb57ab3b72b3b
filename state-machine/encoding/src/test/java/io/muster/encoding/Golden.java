package io.muster.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What is stored, sent or published, against the files in `src/test/resources/golden` that show how it was when its
/// format was made. A difference means that two versions of a node cannot talk, or that an old log cannot be read.
///
/// On a difference the actual form is written to `target/golden`, to be looked at, and to be copied over the file only
/// when the format has a new version. White space at the end of a file does not count.
public final class Golden {
    private Golden() {}

    /// Compares `actual` with the text of `file`.
    public static void check(String file, String actual) {
        String found = actual.stripTrailing();
        String expected = find(file);
        if (!found.equals(expected)) {
            write(file, found);
        }
        assertThat(found)
                .as("golden/" + file + "; the actual form is in target/golden")
                .isEqualTo(expected);
    }

    /// Compares one form with the hexadecimal digits in `file`.
    public static void check(String file, byte[] actual) {
        check(file, HexFormat.of().formatHex(actual));
    }

    /// Compares named forms with the lines of `file`: a name and its bytes in hexadecimal on each, sorted by name.
    public static void check(String file, Map<String, byte[]> actual) {
        check(
                file,
                new TreeMap<>(actual)
                        .entrySet().stream()
                                .map(form ->
                                        form.getKey() + " " + HexFormat.of().formatHex(form.getValue()))
                                .collect(Collectors.joining("\n")));
    }

    /// The text of `file`.
    public static String text(String file) {
        String text = find(file);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("no golden file " + file);
        }
        return text;
    }

    /// The bytes that stand beside `name` in `file`.
    public static byte[] bytes(String file, String name) {
        return text(file)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> HexFormat.of().parseHex(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no line " + name + " in golden file " + file));
    }

    /// Empty for a file that is not there: the first form of a new format is a difference too.
    private static String find(String file) {
        try (var stored = Golden.class.getResourceAsStream("/golden/" + file)) {
            return stored == null ? "" : new String(stored.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read golden file " + file, e);
        }
    }

    private static void write(String file, String actual) {
        Path written = Path.of("target", "golden", file);
        try {
            Files.createDirectories(written.getParent());
            Files.writeString(written, actual + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + written, e);
        }
    }
}
