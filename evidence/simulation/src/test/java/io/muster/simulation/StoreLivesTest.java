package io.muster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The real store under a few seeds on every build; more with `-Dlives=`, one again with `-Dseed=`.
final class StoreLivesTest {
    private static final long FIRST = Long.getLong("seed", 1);
    private static final long COUNT = Long.getLong("seed", 0) > 0 ? 1 : Long.getLong("lives", 30);

    @Test
    void each_life_finds_what_was_acknowledged_or_refuses_to_begin() {
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            new StoreLives(seed).run();
        }
    }

    /// Else the next write does not fit the log: it names an index twice, or leaves a gap.
    @Test
    void a_life_that_lost_a_torn_last_write_goes_on_from_what_it_found() {
        int lostWrites = 0;
        for (long seed = 1; seed <= 10; seed++) {
            var lives = StoreLives.whoseLastWriteRots(seed);
            lives.run();
            lostWrites += lives.lostWrites();
        }

        assertThat(lostWrites).isGreaterThan(10);
    }
}
