package io.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class LogClockTest {
    private static final long SECOND = 1_000_000;

    @Test
    void time_steps_forward_to_the_wall_when_behind() {
        var clock = new LogClock();
        clock.start(0);

        assertThat(clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND))).isEqualTo(100 * SECOND);
        assertThat(clock.next(1_000, 500 * SECOND, OptionalLong.of(500 * SECOND)))
                .isEqualTo(500 * SECOND);
    }

    @Test
    void time_runs_at_half_speed_when_the_wall_was_set_back() {
        var clock = new LogClock();
        clock.start(0);
        clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND));

        long later = clock.next(2 * SECOND * 1_000, 50 * SECOND, OptionalLong.of(50 * SECOND));

        assertThat(later).isEqualTo(101 * SECOND);
    }

    @Test
    void time_a_little_ahead_waits_for_the_wall_and_falls_no_further_behind_it() {
        var clock = new LogClock();
        clock.start(0);
        clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND));

        long later = clock.next(10 * SECOND * 1_000, 109 * SECOND, OptionalLong.of(109 * SECOND));

        assertThat(later).isEqualTo(109 * SECOND);
    }

    @Test
    void a_leaders_monotonic_clock_counts_each_moment_once() {
        var clock = new LogClock();
        clock.start(0);
        clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND));
        clock.next(SECOND * 1_000, 0, OptionalLong.of(0));

        long later = clock.next(2 * SECOND * 1_000, 0, OptionalLong.of(0));

        assertThat(later).isEqualTo(101 * SECOND);
    }

    @Test
    void time_is_never_still_and_never_goes_back() {
        var clock = new LogClock();
        clock.start(0);
        long before = clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND));

        long same = clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND));
        long earlier = clock.next(0, 0, OptionalLong.of(0));

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

        assertThat(clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND))).isGreaterThan(200 * SECOND);
    }

    @Test
    void time_spent_following_is_not_counted_as_time_led() {
        var clock = new LogClock();
        clock.follow(200 * SECOND);
        clock.start(1_000 * SECOND * 1_000);

        long next = clock.next((1_000 * SECOND + 10) * 1_000, 100 * SECOND, OptionalLong.of(100 * SECOND));

        assertThat(next).isEqualTo(200 * SECOND + 5);
    }

    @Test
    void a_leaders_clock_that_jumps_alone_does_not_move_log_time() {
        var clock = led(100 * SECOND);

        long later = clock.next(2 * SECOND * 1_000, (102 + 3_600) * SECOND, OptionalLong.of(102 * SECOND));

        assertThat(later).isEqualTo(102 * SECOND);
    }

    @Test
    void a_clock_that_nobody_confirms_is_followed_by_a_tenth_of_the_time_that_passes() {
        var clock = led(100 * SECOND);

        long later = clock.next(10 * SECOND * 1_000, 100_000 * SECOND, OptionalLong.empty());

        assertThat(later).isEqualTo(111 * SECOND);
    }

    @Test
    void a_clock_that_nobody_confirms_carries_log_time_half_a_day_at_the_start_of_a_reign() {
        var clock = new LogClock();
        clock.follow(100 * SECOND);
        clock.start(0);

        long first = clock.next(0, 10L * 365 * 86_400 * SECOND, OptionalLong.empty());

        assertThat(first).isEqualTo(100 * SECOND + LogClock.MAX_UNCONFIRMED_STEP_MICROS);
        assertThat(clock.next(SECOND * 1_000, 10L * 365 * 86_400 * SECOND, OptionalLong.empty()) - first)
                .isEqualTo(1_100_000);
    }

    @Test
    void the_log_of_a_new_cluster_begins_with_the_leaders_clock() {
        var clock = new LogClock();
        clock.start(0);

        assertThat(clock.next(0, 1_000_000 * SECOND, OptionalLong.empty())).isEqualTo(1_000_000 * SECOND);
    }

    private static LogClock led(long micros) {
        var clock = new LogClock();
        clock.start(0);
        clock.next(0, micros, OptionalLong.empty());
        return clock;
    }
}
