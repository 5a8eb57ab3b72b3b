package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// No file, however damaged, makes a reader throw, contradict itself or say something unprintable.
class RobustnessTest {

    /// A thousand take a second for all kinds; `-Dmutations=` for longer hunts.
    private static final int MUTATIONS = Integer.getInteger("mutations", 400);

    static List<Fixture> fixtures() {
        return Fixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void a_damaged_file_is_read_or_refused_the_same_way_each_time(Fixture fixture) {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.err.println("seed=" + seed + " for " + fixture);
        var random = new Random(seed);
        var mutator = new Mutator(random);
        List<Fixture> all = Fixture.all();

        for (int i = 0; i < MUTATIONS; i++) {
            Fixture other = all.get(random.nextInt(all.size()));
            byte[] damaged = mutator.mutated(fixture.bytes(), other.bytes());

            check(fixture, damaged);
        }
    }

    private static void check(Fixture fixture, byte[] damaged) {
        // a pom that names itself as parent, requirements that include themselves: what lies beside is damaged too
        Related related = path -> java.util.Optional.of(damaged);
        try {
            Reading reading = Manifests.read(fixture.kind(), fixture.fileName(), damaged, related);
            Reading again = Manifests.read(fixture.kind(), fixture.fileName(), damaged, related);

            assertThat(Fixture.written(again)).isEqualTo(Fixture.written(reading));
            sound(reading);
        } catch (RuntimeException | StackOverflowError thrown) {
            throw new AssertionError("the reader threw on " + shown(damaged), thrown);
        }
    }

    private static void sound(Reading reading) {
        switch (reading) {
            case Reading.Refused(String reason, int line) -> {
                assertThat(Printable.isHarmless(reason)).isTrue();
                assertThat(reason).isNotBlank();
                assertThat(line).isNotNegative();
            }
            case Reading.Read(Manifest manifest, List<String> warnings) -> {
                assertThat(warnings).allMatch(Printable::isHarmless);
                assertThat(manifest.components()).allMatch(c -> Printable.isHarmless(c.label()));
                var paths = new Paths(manifest);
                for (int c = 0; c < manifest.components().size(); c++) {
                    assertThat(paths.shortestTo(c).listed()).hasSizeLessThanOrEqualTo(Paths.LISTED);
                }
            }
        }
    }

    private static String shown(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8) + "\n" + HexFormat.of().formatHex(bytes);
    }
}
