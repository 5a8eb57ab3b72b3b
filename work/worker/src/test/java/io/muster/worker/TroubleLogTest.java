package io.muster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class TroubleLogTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final String NO_LEADER = "no leader is known here";

    private final TroubleLog troubleLog = new TroubleLog();

    @Test
    void a_worker_that_waits_for_the_first_leader_warns_of_nothing() {
        assertThat(troubleLog.of("the server answered with 503", 0)).isEqualTo(Level.INFO);
        assertThat(troubleLog.of(NO_LEADER, SECOND)).isEqualTo(Level.INFO);
        assertThat(troubleLog.of(NO_LEADER, 2 * SECOND)).as("told already").isNull();
    }

    @Test
    void a_start_without_a_leader_that_lasts_is_warned_of_once() {
        troubleLog.of(NO_LEADER, SECOND);

        assertThat(troubleLog.of(NO_LEADER, 10 * SECOND)).isEqualTo(Level.WARN);
        assertThat(troubleLog.of(NO_LEADER, 11 * SECOND)).isNull();
    }

    @Test
    void a_worker_that_was_led_warns_at_once() {
        assertThat(troubleLog.end()).isFalse();

        assertThat(troubleLog.of(NO_LEADER, SECOND)).isEqualTo(Level.WARN);
        assertThat(troubleLog.of(NO_LEADER, 2 * SECOND)).isNull();
        assertThat(troubleLog.end()).isTrue();
    }
}
