package io.muster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Any trouble, many times: no run is started twice or beside another of its job, slots are never exceeded, and when
/// the trouble is over every job ends and every result is taken.
///
/// The seeds are 1 to 500, each a minute of trouble; a failure names its seed, and `-Dseed=` runs that one alone.
class TroubledWorldTest {
    private static final int SEEDS = 500;
    private static final int JOBS = 30;
    private static final int TROUBLED_MILLIS = 60_000;
    private static final int HEALING_MILLIS = 120_000;

    @Test
    void whatever_happens_every_job_is_run_once_an_attempt_and_every_result_is_taken() {
        Long seed = Long.getLong("seed");
        long first = seed == null ? 1 : seed;
        long last = seed == null ? SEEDS : seed;
        for (long number = first; number <= last; number++) {
            live(number);
        }
    }

    private static void live(long seed) {
        TroubledWorld world = new TroubledWorld(seed, JOBS);
        try {
            world.run(TROUBLED_MILLIS);
            world.heal();
            world.run(HEALING_MILLIS);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
        assertThat(world.isSettled())
                .as(() -> "seed " + seed + " is settled after:\n" + world.story())
                .isTrue();
    }
}
