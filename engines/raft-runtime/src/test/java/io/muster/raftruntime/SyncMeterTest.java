package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// How long the disk takes, as the loop sees it.
final class SyncMeterTest {
    private static final long SECOND = 1_000_000_000L;

    private final SyncMeter syncs = new SyncMeter();

    @Test
    void a_write_is_under_way_until_it_is_done() {
        assertThat(syncs.isSyncing()).isFalse();

        syncs.asked(1, 100);
        assertThat(syncs.isSyncing()).isTrue();
        assertThat(syncs.disk(700, 9).waitingNanos()).isEqualTo(600);

        syncs.done(1, 900);
        assertThat(syncs.isSyncing()).isFalse();
        assertThat(syncs.disk(1_000, 9).waitingNanos()).isZero();
        assertThat(syncs.disk(1_000, 9).lastSyncNanos()).isEqualTo(800);
    }

    @Test
    void what_was_asked_for_meanwhile_is_still_under_way() {
        syncs.asked(1, 0);
        syncs.asked(2, 50);
        syncs.done(1, 100);

        assertThat(syncs.isSyncing()).isTrue();
        assertThat(syncs.disk(130, 9).waitingNanos()).isEqualTo(30);
    }

    @Test
    void the_slowest_is_remembered_for_a_while_and_then_forgotten() {
        write(1, SECOND, 3 * SECOND);
        write(2, 4 * SECOND, 4 * SECOND + 5);

        assertThat(syncs.disk(5 * SECOND, 9).slowestSyncNanos()).isEqualTo(2 * SECOND);
        assertThat(syncs.disk(60 * SECOND, 9).slowestSyncNanos()).isZero();
    }

    @Test
    void the_slowest_is_forgotten_beside_writes_that_go_on() {
        write(1, SECOND, 3 * SECOND);
        for (int i = 2; i < 60; i++) {
            write(i, (i + 2) * SECOND, (i + 2) * SECOND + 5);
        }

        assertThat(syncs.disk(62 * SECOND, 9).slowestSyncNanos()).isEqualTo(5);
    }

    private void write(long ticket, long fromNanos, long toNanos) {
        syncs.asked(ticket, fromNanos);
        syncs.done(ticket, toNanos);
    }
}
