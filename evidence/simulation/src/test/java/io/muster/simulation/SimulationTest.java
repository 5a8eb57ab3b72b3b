package io.muster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A fixed set of seeds on every build; `make sim` runs as many as wanted. Replay one with `-Dseed=`.
final class SimulationTest {
    private static final long FIRST = Long.getLong("seed", 1);
    private static final long COUNT = Long.getLong("seed", 0) > 0 ? 1 : Long.getLong("seeds", 40);

    private static Seeds.SeedSummary usual = new Seeds.SeedSummary(false, Map.of());

    @BeforeAll
    static void runTheUsualSeeds() throws InterruptedException {
        usual = Seeds.run(FIRST, COUNT, System.out);
    }

    @Test
    void a_cluster_in_trouble_keeps_every_promise_and_comes_to_its_end_once_healed() {
        assertThat(usual.isClean()).isTrue();
    }

    /// Of one seed alone, asked for by `-Dseed=`, nothing is expected.
    @Test
    void each_rarity_is_met_in_some_run() {
        if (COUNT > 1) {
            assertThat(usual.runsThatSaw())
                    .allSatisfy((rarity, runs) -> assertThat(runs)
                            .as("runs that saw " + rarity.words())
                            .isPositive());
        }
    }

    @Test
    void a_spoilt_node_that_is_deaf_for_good_keeps_no_other_from_the_end() throws InterruptedException {
        assertThat(Seeds.run(623, 1, System.out).isClean()).isTrue();
    }

    @Test
    void an_answer_about_an_entry_that_a_snapshot_covers_is_not_taken_for_a_lie() throws InterruptedException {
        assertThat(Seeds.run(406, 1, System.out).isClean()).isTrue();
    }

    @Test
    void a_snapshot_that_a_log_cannot_do_without_does_not_rot() throws InterruptedException {
        assertThat(Seeds.run(483, 1, System.out).isClean()).isTrue();
    }

    @Test
    void who_was_told_to_take_over_is_in_the_next_term_by_itself() throws InterruptedException {
        assertThat(Seeds.run(1160, 1, System.out).isClean()).isTrue();
    }

    @Test
    void the_same_seed_gives_the_same_run_event_for_event() {
        var first = new Simulation(77).run();
        var again = new Simulation(77).run();
        var other = new Simulation(78).run();

        assertThat(again).isEqualTo(first);
        assertThat(other.trace()).isNotEqualTo(first.trace());
    }

    @Test
    void a_run_is_not_vacuous() {
        var report = new Simulation(5).run();

        assertThat(report.accepted()).isGreaterThan(100);
        assertThat(report.counted()).isGreaterThan(100);
        assertThat(report.entries()).isGreaterThan(500);
        assertThat(report.snapshots()).isGreaterThan(3);
    }
}
