package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.documents.Printable;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What every reader owes to every input: no exception, the same answer each time, and nothing unprintable in it.
final class Soundness {

    private Soundness() {}

    static void check(ManifestKind kind, String fileName, byte[] damaged) {
        // a pom that names itself as parent, requirements that include themselves: what lies beside is damaged too
        SiblingFiles siblings = path -> Optional.of(damaged);
        try {
            ManifestReading reading = Manifests.read(kind, fileName, damaged, siblings);
            ManifestReading again = Manifests.read(kind, fileName, damaged, siblings);

            assertThat(Fixture.written(again)).isEqualTo(Fixture.written(reading));
            sound(reading);
        } catch (RuntimeException | StackOverflowError thrown) {
            throw new AssertionError("the reader threw on " + shown(damaged), thrown);
        }
    }

    private static void sound(ManifestReading reading) {
        switch (reading) {
            case ManifestReading.Refused(String reason, int line) -> {
                assertThat(Printable.isHarmless(reason)).isTrue();
                assertThat(reason).isNotBlank();
                assertThat(line).isNotNegative();
            }
            case ManifestReading.Read(Manifest manifest, List<String> warnings) -> {
                assertThat(warnings).allMatch(Printable::isHarmless);
                assertThat(manifest.components()).allMatch(c -> Printable.isHarmless(c.label()));
                var paths = new DependencyPaths(manifest);
                for (int c = 0; c < manifest.components().size(); c++) {
                    assertThat(paths.shortestTo(c).listed()).hasSizeLessThanOrEqualTo(DependencyPaths.LISTED);
                }
            }
        }
    }

    private static String shown(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8) + "\n" + HexFormat.of().formatHex(bytes);
    }
}
