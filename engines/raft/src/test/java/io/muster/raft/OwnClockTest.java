package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A node whose wall clock is off leads where no other can.
final class OwnClockTest {
    @Test
    void a_node_whose_clock_is_off_waits_whole_timeouts_longer_but_not_for_ever() {
        var right = TestPeer.voter("a", "a", "b", "c");
        var off = TestPeer.voter("a", "a", "b", "c");
        off.step(new Input.ClockJudged(OwnClock.OFF));
        int usual = right.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE);
        int longer =
                ElectionTimer.CLOCK_OFF_TIMEOUTS * RaftConfig.DEFAULT.times().electionTicksMax();

        off.tick(usual + longer - 1);
        assertThat(off.status().role()).isEqualTo(RaftStatus.MemberRole.FOLLOWER);
        off.tick(1);

        assertThat(off.status().role()).isEqualTo(RaftStatus.MemberRole.PRE_CANDIDATE);
    }

    @Test
    void a_node_whose_clock_is_right_again_waits_no_longer_than_others() {
        var right = TestPeer.voter("a", "a", "b", "c");
        var mended = TestPeer.voter("a", "a", "b", "c");
        mended.step(new Input.ClockJudged(OwnClock.OFF));

        mended.step(new Input.ClockJudged(OwnClock.AGREES));

        assertThat(mended.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE))
                .isEqualTo(right.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE));
    }
}
