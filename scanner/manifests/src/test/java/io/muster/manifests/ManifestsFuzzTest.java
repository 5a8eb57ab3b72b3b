package io.muster.manifests;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every reader, on inputs that Jazzer grows from the fixtures: the first line of an input is the file's name, the rest
/// what the file holds. Every build runs the fixtures; `make fuzz` hunts for more.
class ManifestsFuzzTest {

    static Stream<Arguments> fixtures() {
        return Fixture.all().stream().map(fixture -> {
            byte[] name = (fixture.fileName() + "\n").getBytes(StandardCharsets.UTF_8);
            byte[] input = Arrays.copyOf(name, name.length + fixture.bytes().length);
            System.arraycopy(fixture.bytes(), 0, input, name.length, fixture.bytes().length);
            return Arguments.of((Object) input);
        });
    }

    @MethodSource("fixtures")
    @FuzzTest(maxDuration = "2m")
    void any_bytes_under_any_name_are_read_or_refused(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        String name = new String(input, 0, end, StandardCharsets.UTF_8);
        byte[] content = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);

        Soundness.check(kind(name), name, content);
    }

    /// Names that are none stand for any kind, so that no reader is left out because its name is hard to guess.
    private static ManifestKind kind(String name) {
        Optional<ManifestKind> known = Manifests.kindOf(name);
        ManifestKind[] kinds = ManifestKind.values();
        return known.orElseGet(() -> kinds[Math.floorMod(name.hashCode(), kinds.length)]);
    }
}
