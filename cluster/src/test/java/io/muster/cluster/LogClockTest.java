package io.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogClockTest {
    private static final long SECOND = 1_000_000;

    @Test
    void time_steps_forward_to_the_wall_when_behind() {
        var clock = new LogClock();
        clock.start(0);

        assertThat(clock.next(0, 100 * SECOND)).isEqualTo(100 * SECOND);
        assertThat(clock.next(1_000, 500 * SECOND)).isEqualTo(500 * SECOND);
    }

    @Test
    void time_runs_at_half_speed_when_the_wall_was_set_back() {
        var clock = new LogClock();
        clock.start(0);
        clock.next(0, 100 * SECOND);

        long later = clock.next(2 * SECOND * 1_000, 50 * SECOND);

        assertThat(later).isEqualTo(101 * SECOND);
    }

    @Test
    void time_a_little_ahead_waits_for_the_wall_and_falls_no_further_behind_it() {
        var clock = new LogClock();
        clock.start(0);
        clock.next(0, 100 * SECOND);

        long later = clock.next(10 * SECOND * 1_000, 109 * SECOND);

        assertThat(later).isEqualTo(109 * SECOND);
    }

    @Test
    void a_leaders_monotonic_clock_counts_each_moment_once() {
        var clock = new LogClock();
        clock.start(0);
        clock.next(0, 100 * SECOND);
        clock.next(SECOND * 1_000, 0);

        long later = clock.next(2 * SECOND * 1_000, 0);

        assertThat(later).isEqualTo(101 * SECOND);
    }

    @Test
    void time_is_never_still_and_never_goes_back() {
        var clock = new LogClock();
        clock.start(0);
        long before = clock.next(0, 100 * SECOND);

        long same = clock.next(0, 100 * SECOND);
        long earlier = clock.next(0, 0);

        assertThat(same).isGreaterThan(before);
        assertThat(earlier).isGreaterThan(same);
    }

    @Test
    void an_older_batch_does_not_set_the_clock_back() {
        var clock = new LogClock();
        clock.follow(200 * SECOND);

        clock.follow(100 * SECOND);

        assertThat(clock.micros()).isEqualTo(200 * SECOND);
    }

    @Test
    void a_new_leader_goes_on_from_the_last_instant_in_its_log() {
        var clock = new LogClock();
        clock.follow(200 * SECOND);
        clock.start(0);

        assertThat(clock.next(0, 100 * SECOND)).isGreaterThan(200 * SECOND);
    }

    @Test
    void time_spent_following_is_not_counted_as_time_led() {
        var clock = new LogClock();
        clock.follow(200 * SECOND);
        clock.start(1_000 * SECOND * 1_000);

        long next = clock.next((1_000 * SECOND + 10) * 1_000, 100 * SECOND);

        assertThat(next).isEqualTo(200 * SECOND + 5);
    }
}
