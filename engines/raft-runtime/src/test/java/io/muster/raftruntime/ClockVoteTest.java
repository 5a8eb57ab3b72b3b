package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.EngineReport.LinkState;
import io.muster.log.EngineReport.PeerLink;
import io.muster.log.NodeId;
import io.muster.raft.Configuration;
import io.muster.raft.Message;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Which instant a majority's clocks have reached, and how another clock is measured.
final class ClockVoteTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final long HOUR = 3_600_000_000L;
    private static final long NANOS = 7_000_000_000L;
    private static final long NOW = 1_000 * HOUR;
    private static final long SECOND_NANOS = 1_000_000_000L;

    @Test
    void a_leaders_own_clock_is_outvoted() {
        assertThat(agreed(NOW + HOUR, Map.of(B, NOW, C, NOW + 5))).hasValue(NOW + 5);
        assertThat(agreed(NOW - HOUR, Map.of(B, NOW, C, NOW + 5))).hasValue(NOW);
    }

    @Test
    void one_other_wrong_clock_is_outvoted() {
        assertThat(agreed(NOW, Map.of(B, NOW + 9 * HOUR, C, NOW - 5))).hasValue(NOW);
        assertThat(agreed(NOW, Map.of(B, NOW - 9 * HOUR, C, NOW - 5))).hasValue(NOW - 5);
    }

    @Test
    void without_a_majority_of_clocks_nothing_is_agreed() {
        assertThat(agreed(NOW, Map.of())).isEmpty();
        assertThat(ClockVote.agreedMicros(Configuration.of(List.of(A)), A, new Clocked(Map.of()), NANOS, NOW))
                .isEmpty();
    }

    @Test
    void of_two_clocks_of_three_the_slower_counts() {
        assertThat(agreed(NOW + HOUR, Map.of(B, NOW))).hasValue(NOW);
        assertThat(agreed(NOW, Map.of(B, NOW + HOUR))).hasValue(NOW);
    }

    @Test
    void a_frame_that_waited_while_this_process_slept_says_nothing_about_clocks() {
        var meter = new ClockMeter();
        long nanos = 0;
        for (int i = 0; i < 100; i++) {
            nanos += SECOND_NANOS / 20;
            meter.note(NOW + nanos / 1_000, nanos);
        }
        long written = nanos;
        nanos += 60 * SECOND_NANOS;
        for (int i = 0; i < 40; i++) {
            assertThat(meter.note(NOW + written / 1_000, nanos)).isFalse();
        }

        assertThat(meter.offsetMicros(nanos)).hasValue(NOW);
        for (int i = 0; i < 60; i++) {
            nanos += SECOND_NANOS / 20;
            meter.note(NOW + nanos / 1_000, nanos);
            assertThat(meter.offsetMicros(nanos)).hasValue(NOW);
        }
    }

    @Test
    void a_clock_that_was_set_is_measured_anew() {
        var meter = new ClockMeter();
        long nanos = 0;
        for (int i = 0; i < 200; i++) {
            nanos += SECOND_NANOS / 20;
            meter.note((i < 50 ? NOW : NOW - HOUR) + nanos / 1_000, nanos);
        }

        assertThat(meter.offsetMicros(nanos)).hasValue(NOW - HOUR);
    }

    @Test
    void the_clock_of_a_node_that_is_cut_off_counts_no_more_until_it_is_heard_again() {
        var meter = new ClockMeter();
        meter.note(NOW, 0);

        assertThat(meter.offsetMicros(ClockMeter.EXPIRY_NANOS)).hasValue(NOW);
        assertThat(meter.offsetMicros(ClockMeter.EXPIRY_NANOS + 1)).isEmpty();
        meter.note(NOW + 60_000_000, 60 * SECOND_NANOS);
        assertThat(meter.offsetMicros(60 * SECOND_NANOS)).hasValue(NOW);
    }

    @Test
    void a_clock_is_off_by_what_it_is_beyond_both_middle_ones() {
        assertThat(off(NOW + HOUR, Map.of(B, NOW, C, NOW + 5))).hasValue(HOUR - 5);
        assertThat(off(NOW - HOUR, Map.of(B, NOW, C, NOW + 5))).hasValue(HOUR);
        assertThat(off(NOW, Map.of(B, NOW + HOUR, C, NOW - HOUR))).hasValue(0);
    }

    @Test
    void nobody_can_tell_which_of_two_clocks_is_off() {
        assertThat(off(NOW + HOUR, Map.of(B, NOW))).isEmpty();
        assertThat(off(NOW + HOUR, Map.of())).isEmpty();
    }

    private static OptionalLong off(long own, Map<NodeId, Long> others) {
        return ClockVote.offMicros(Configuration.of(List.of(A, B, C)), A, new Clocked(others), NANOS, own);
    }

    private static OptionalLong agreed(long own, Map<NodeId, Long> others) {
        return ClockVote.agreedMicros(Configuration.of(List.of(A, B, C)), A, new Clocked(others), NANOS, own);
    }

    /// A transport that knows the others' clocks.
    private record Clocked(Map<NodeId, Long> walls) implements Transport {
        @Override
        public void send(NodeId to, Message message) {}

        @Override
        public void flush() {}

        @Override
        public void members(Configuration configuration) {}

        @Override
        public void membersCommitted() {}

        @Override
        public PeerLink link(NodeId peer) {
            return new PeerLink(peer, LinkState.OPEN, "", OptionalLong.empty());
        }

        @Override
        public PeerView peer(NodeId peer) {
            Long wall = walls.get(peer);
            var offset = wall == null ? OptionalLong.empty() : OptionalLong.of(wall - NANOS / 1_000);
            return new PeerView(true, "", 1, Collections.emptySortedMap(), 0, offset);
        }
    }
}
