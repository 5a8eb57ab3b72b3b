package io.muster.simulation;

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
}
