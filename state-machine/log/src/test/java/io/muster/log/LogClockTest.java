package io.muster.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class LogClockTest {
    private static final long SECOND = 1_000_000;
    private static final long TEN_YEARS = 10L * 365 * 86_400 * SECOND;

    @Test
    void the_date_steps_to_what_a_majority_agrees_on_whenever_in_a_term() {
        var clock = new LogClock();
        clock.follow(at(100));
        clock.start(0);

        assertThat(clock.next(0, 500 * SECOND, OptionalLong.of(500 * SECOND)).micros())
                .isEqualTo(500 * SECOND);
        assertThat(clock.next(0, 900 * SECOND, OptionalLong.of(900 * SECOND)).micros())
                .isEqualTo(900 * SECOND);
    }

    @Test
    void elapsed_time_is_what_the_monotonic_clock_measured_whatever_the_date_does() {
        var clock = new LogClock();
        clock.follow(at(100));
        clock.start(0);
        clock.next(0, 500 * SECOND, OptionalLong.of(500 * SECOND));
        clock.next(SECOND * 1_000, TEN_YEARS, OptionalLong.of(TEN_YEARS));
        clock.next(2 * SECOND * 1_000, 0, OptionalLong.of(0));

        LogTime last = clock.next(3 * SECOND * 1_000, TEN_YEARS, OptionalLong.empty());

        assertThat(last.elapsedMicros()).isEqualTo(at(100).elapsedMicros() + 3 * SECOND);
    }

    @Test
    void elapsed_time_goes_on_from_the_last_stamp_and_stands_still_while_nobody_leads() {
        var clock = new LogClock();
        clock.start(0);
        LogTime last = clock.next(5 * SECOND * 1_000, 100 * SECOND, OptionalLong.empty());
        clock.stop();

        clock.follow(last.plusMicros(SECOND));
        clock.start(1_000 * SECOND * 1_000);
        LogTime next = clock.next(1_002 * SECOND * 1_000, 100 * SECOND, OptionalLong.empty());

        assertThat(next.elapsedMicros()).isEqualTo(8 * SECOND);
    }

    @Test
    void a_majority_that_agrees_on_ten_years_carries_log_time_a_long_weekend() {
        var clock = new LogClock();
        clock.follow(at(100));
        clock.start(0);

        assertThat(clock.next(0, TEN_YEARS, OptionalLong.of(TEN_YEARS)).micros())
                .isEqualTo(100 * SECOND + LogClock.MAX_AGREED_STEPS_MICROS);
    }

    @Test
    void beyond_the_steps_of_a_term_a_majority_is_caught_up_with_at_double_speed() {
        var clock = new LogClock();
        clock.follow(at(100));
        clock.start(0);
        long first = clock.next(0, TEN_YEARS, OptionalLong.of(TEN_YEARS)).micros();

        long second = clock.next(10 * SECOND * 1_000, TEN_YEARS, OptionalLong.of(TEN_YEARS))
                .micros();

        assertThat(second - first).isEqualTo(20 * SECOND);
    }

    @Test
    void steps_in_one_term_are_bounded_together_and_each_term_has_its_own() {
        long hour = 3_600 * SECOND;
        var clock = new LogClock();
        clock.follow(at(100));
        clock.start(0);
        clock.next(0, 90 * hour, OptionalLong.of(90 * hour));

        assertThat(clock.next(0, TEN_YEARS, OptionalLong.of(TEN_YEARS)).micros())
                .isEqualTo(100 * SECOND + LogClock.MAX_AGREED_STEPS_MICROS);
        clock.start(0);
        assertThat(clock.next(0, TEN_YEARS, OptionalLong.of(TEN_YEARS)).micros())
                .isEqualTo(100 * SECOND + 2 * LogClock.MAX_AGREED_STEPS_MICROS);
    }

    @Test
    void a_clock_confirmed_late_in_a_term_is_stepped_to_as_one_confirmed_at_once() {
        var clock = new LogClock();
        clock.follow(at(100));
        clock.start(0);
        clock.next(0, 100 * SECOND, OptionalLong.empty());

        assertThat(clock.next(SECOND * 1_000, 500 * SECOND, OptionalLong.of(500 * SECOND))
                        .micros())
                .isEqualTo(500 * SECOND);
    }

    @Test
    void time_runs_at_half_speed_when_the_wall_was_set_back() {
        var clock = new LogClock();
        clock.start(0);
        clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND));

        long later = clock.next(2 * SECOND * 1_000, 50 * SECOND, OptionalLong.of(50 * SECOND))
                .micros();

        assertThat(later).isEqualTo(101 * SECOND);
    }

    @Test
    void time_a_little_ahead_waits_for_the_wall_and_falls_no_further_behind_it() {
        var clock = new LogClock();
        clock.start(0);
        clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND));

        long later = clock.next(10 * SECOND * 1_000, 109 * SECOND, OptionalLong.of(109 * SECOND))
                .micros();

        assertThat(later).isEqualTo(109 * SECOND);
    }

    @Test
    void a_leaders_monotonic_clock_counts_each_moment_once() {
        var clock = new LogClock();
        clock.start(0);
        clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND));
        clock.next(SECOND * 1_000, 0, OptionalLong.of(0));

        long later = clock.next(2 * SECOND * 1_000, 0, OptionalLong.of(0)).micros();

        assertThat(later).isEqualTo(101 * SECOND);
    }

    @Test
    void time_is_never_still() {
        var clock = new LogClock();
        clock.start(0);
        long before = clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND)).micros();

        long same = clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND)).micros();

        assertThat(same).isGreaterThan(before);
    }

    @Test
    void time_never_goes_back() {
        var clock = new LogClock();
        clock.start(0);
        long before = clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND)).micros();

        long earlier = clock.next(0, 0, OptionalLong.of(0)).micros();

        assertThat(earlier).isGreaterThan(before);
    }

    @Test
    void an_older_batch_does_not_set_the_clock_back() {
        var clock = new LogClock();
        clock.follow(at(200));

        clock.follow(at(100));

        assertThat(clock.time().micros()).isEqualTo(200 * SECOND);
    }

    @Test
    void a_new_leader_goes_on_from_the_last_instant_in_its_log() {
        var clock = new LogClock();
        clock.follow(at(200));
        clock.start(0);

        assertThat(clock.next(0, 100 * SECOND, OptionalLong.of(100 * SECOND)).micros())
                .isGreaterThan(200 * SECOND);
    }

    @Test
    void time_spent_following_is_not_counted_as_time_led() {
        var clock = new LogClock();
        clock.follow(at(200));
        clock.start(1_000 * SECOND * 1_000);

        long next = clock.next((1_000 * SECOND + 10) * 1_000, 100 * SECOND, OptionalLong.of(100 * SECOND))
                .micros();

        assertThat(next).isEqualTo(200 * SECOND + 5);
    }

    @Test
    void a_leaders_clock_that_jumps_alone_does_not_move_log_time() {
        var clock = led(100 * SECOND);

        long later = clock.next(2 * SECOND * 1_000, (102 + 3_600) * SECOND, OptionalLong.of(102 * SECOND))
                .micros();

        assertThat(later).isEqualTo(102 * SECOND);
    }

    @Test
    void a_clock_that_nobody_confirms_is_followed_by_a_tenth_of_the_time_that_passes() {
        var clock = led(100 * SECOND);

        long later = clock.next(10 * SECOND * 1_000, 100_000 * SECOND, OptionalLong.empty())
                .micros();

        assertThat(later).isEqualTo(111 * SECOND);
    }

    @Test
    void a_clock_that_nobody_confirms_carries_log_time_nowhere_when_a_term_begins() {
        var clock = new LogClock();
        clock.follow(at(100));
        clock.start(0);

        assertThat(clock.next(0, TEN_YEARS, OptionalLong.empty()).micros()).isEqualTo(100 * SECOND + 1);
    }

    @Test
    void a_night_in_which_a_lone_node_stood_is_caught_up_with_at_double_speed() {
        var clock = new LogClock();
        clock.follow(at(100));
        clock.start(0);
        long first = clock.next(0, TEN_YEARS, OptionalLong.empty()).micros();
        long nightNanos = LogClock.MAX_NIGHT_MICROS * 1_000;

        long second = clock.next(nightNanos, TEN_YEARS, OptionalLong.empty()).micros();
        long third = clock.next(nightNanos + 10 * SECOND * 1_000, TEN_YEARS, OptionalLong.empty())
                .micros();

        assertThat(second - first).isEqualTo(2 * LogClock.MAX_NIGHT_MICROS);
        assertThat(third - second).isEqualTo(11 * SECOND);
    }

    @Test
    void the_log_of_a_new_cluster_begins_with_the_leaders_clock() {
        var clock = new LogClock();
        clock.start(0);

        assertThat(clock.next(0, 1_000_000 * SECOND, OptionalLong.empty()).micros())
                .isEqualTo(1_000_000 * SECOND);
    }

    private static LogTime at(long seconds) {
        return new LogTime(seconds * SECOND, 7 * SECOND);
    }

    private static LogClock led(long micros) {
        var clock = new LogClock();
        clock.start(0);
        clock.next(0, micros, OptionalLong.empty());
        return clock;
    }
}
