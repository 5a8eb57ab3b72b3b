package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What is committed must also be applied: a state machine that hangs is no healthy node's.
final class ApplyingTest {
    @Test
    void t43_a_leader_that_applies_nothing_stops_leading_until_it_does() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.hangApply(true);
        a.propose("x");
        a.sync();
        Scene.acknowledge(a, "b", 1, 3);
        int patience = RaftConfig.DEFAULT.times().applyStallTicks();
        tickHeard(a, patience - 1);

        assertThat(a.isLeader()).isTrue();

        tickHeard(a, 1);

        assertThat(a.isLeader()).isFalse();
        assertThat(a.sent("b")).contains(new Message.Resigned(1));
        a.tick(100);
        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.FOLLOWER);

        a.hangApply(false);
        a.tick(1);

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.PRE_CANDIDATE);
    }

    @Test
    void a_leader_with_nothing_to_apply_goes_on() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.tick(1);
        a.hangApply(true);

        tickHeard(a, 3 * RaftConfig.DEFAULT.times().applyStallTicks());

        assertThat(a.isLeader()).isTrue();
    }

    @Test
    void too_much_that_waits_to_be_applied_is_refused() {
        var config = Configs.withMemory(RaftConfig.DEFAULT, 1 << 20, 200, 100);
        var a = Scene.settledLeader(config, "a", "a", "b", "c");
        a.tick(1);
        a.hangApply(true);
        for (int i = 0; i < 5; i++) {
            a.propose("x".repeat(40));
            a.sync();
            Scene.acknowledge(a, "b", 1, a.status().lastIndex());
        }

        assertThat(a.effects(Effect.Appended.class)).hasSize(3);
        assertThat(a.last(Effect.Refused.class)).contains(new Effect.Refused(Effect.Refused.Reason.OVERLOADED));

        a.hangApply(false);
        a.tick(1);
        a.propose("y");

        assertThat(a.effects(Effect.Appended.class)).hasSize(4);
    }

    private static void tickHeard(TestPeer a, int times) {
        for (int i = 0; i < times; i++) {
            a.tick(1);
            a.receive("b", new Message.HeartbeatReply(1, 1));
        }
    }
}
