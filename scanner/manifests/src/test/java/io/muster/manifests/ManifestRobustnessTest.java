package io.muster.manifests;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// No file, however damaged, makes a reader throw, contradict itself or say something unprintable.
class ManifestRobustnessTest {

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

            Soundness.check(fixture.kind(), fixture.fileName(), damaged);
        }
    }
}
