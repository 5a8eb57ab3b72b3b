package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Linearizable reads without writing (ReadIndex, Ongaro's thesis §6.4).
class ReadBarrierTest {
    @Test
    void a_leader_answers_once_a_majority_answered_a_round_sent_after_the_question_6_4() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.receive("b", new Message.HeartbeatReply(1, 1));

        a.step(new Input.BarrierAsked(7));

        assertThat(a.effects(Effect.BarrierReached.class)).isEmpty();

        a.receive("b", new Message.HeartbeatReply(1, 2));

        assertThat(a.effects(Effect.BarrierReached.class)).containsExactly(new Effect.BarrierReached(7, 2));
    }

    @Test
    void t50_answers_to_a_round_sent_before_the_question_do_not_count() {
        var a = Scene.settledLeader("a", "a", "b", "c");

        a.step(new Input.BarrierAsked(7));
        a.receive("b", new Message.HeartbeatReply(1, 1));
        a.receive("c", new Message.HeartbeatReply(1, 1));

        assertThat(a.effects(Effect.BarrierReached.class)).isEmpty();
    }

    /// A heartbeat of an earlier life of the leader, delivered late, is answered in the present term; that answer must
    /// not pass for one to a round of this life with the same number.
    @Test
    void t50_the_answer_to_a_late_heartbeat_confirms_no_round() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        var b = Scene.withLog("b", 1, 0);
        a.step(new Input.BarrierAsked(7));

        b.receive("a", new Message.Heartbeat(0, 2, 0));
        a.receive("b", b.sent("a").getLast());

        assertThat(a.effects(Effect.BarrierReached.class)).isEmpty();
        assertThat(a.isLeader()).isTrue();
    }

    @Test
    void t49_a_new_leader_lets_readers_wait_until_its_own_first_entry_is_committed() {
        var a = Scene.leader("a", "a", "b", "c");
        a.receive("b", new Message.HeartbeatReply(1, 1));
        a.step(new Input.BarrierAsked(7));
        a.receive("b", new Message.HeartbeatReply(1, 2));

        assertThat(a.effects(Effect.BarrierReached.class)).isEmpty();

        a.sync();
        Scene.acknowledge(a, "b", 1, 2);

        assertThat(a.effects(Effect.BarrierReached.class)).containsExactly(new Effect.BarrierReached(7, 2));
    }

    @Test
    void a_leader_whose_lease_holds_answers_at_once_6_4_1() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.step(new Input.LeaseJudged(Trust.HELD));

        a.step(new Input.BarrierAsked(7));

        assertThat(a.effects(Effect.BarrierReached.class)).containsExactly(new Effect.BarrierReached(7, 2));
        assertThat(a.effects(Effect.RoundSent.class)).isEmpty();
    }

    @Test
    void a_lease_that_is_over_is_not_relied_on() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.step(new Input.LeaseJudged(Trust.HELD));
        a.step(new Input.LeaseJudged(Trust.NONE));
        a.receive("b", new Message.HeartbeatReply(1, 1));

        a.step(new Input.BarrierAsked(7));

        assertThat(a.effects(Effect.BarrierReached.class)).isEmpty();
    }

    @Test
    void t49_no_lease_helps_a_new_leader_whose_own_first_entry_is_not_committed() {
        var a = Scene.leader("a", "a", "b", "c");
        a.step(new Input.LeaseJudged(Trust.HELD));

        a.step(new Input.BarrierAsked(7));

        assertThat(a.effects(Effect.BarrierReached.class)).isEmpty();
    }

    @Test
    void one_round_serves_all_who_asked_during_the_last() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.receive("b", new Message.HeartbeatReply(1, 1));
        for (int ticket = 1; ticket <= 100; ticket++) {
            a.step(new Input.BarrierAsked(ticket));
        }
        a.receive("b", new Message.HeartbeatReply(1, 2));
        a.receive("b", new Message.HeartbeatReply(1, 3));

        assertThat(a.effects(Effect.BarrierReached.class)).hasSize(100);
        assertThat(a.effects(Effect.RoundSent.class)).hasSize(2);
    }

    @Test
    void readers_are_told_when_their_leader_no_longer_leads() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.step(new Input.BarrierAsked(7));
        a.receive("b", new Message.BarrierRequest(1, 55));

        a.receive("c", new Message.VoteReply(4, false));
        a.sync();

        assertThat(a.effects(Effect.BarrierFailed.class)).containsExactly(new Effect.BarrierFailed(7));
        assertThat(a.sent("b", Message.BarrierReply.class)).containsExactly(new Message.BarrierReply(4, 55, 0));
    }

    @Test
    void a_follower_asks_its_leader_and_passes_the_answer_on() {
        var a = follower();

        a.step(new Input.BarrierAsked(7));
        var asked = a.sent("b", Message.BarrierRequest.class).getLast();
        a.receive("b", new Message.BarrierReply(1, asked.ticket(), 42));
        a.receive("b", new Message.BarrierReply(1, asked.ticket(), 43));

        assertThat(a.effects(Effect.BarrierReached.class)).containsExactly(new Effect.BarrierReached(7, 42));
    }

    @Test
    void t50_an_answer_meant_for_an_earlier_life_of_the_node_meets_nobody() {
        var a = follower();
        a.step(new Input.BarrierAsked(7));
        var before = a.sent("b", Message.BarrierRequest.class).getLast();
        a.restart(99);
        a.receive("b", new Message.Heartbeat(1, 1, 0));
        a.step(new Input.BarrierAsked(7));

        a.receive("b", new Message.BarrierReply(1, before.ticket(), 2));

        assertThat(a.effects(Effect.BarrierReached.class)).isEmpty();
    }

    @Test
    void a_follower_fails_its_readers_when_the_leader_changes() {
        var a = follower();
        a.step(new Input.BarrierAsked(7));

        a.receive("c", new Message.Heartbeat(2, 1, 0));

        assertThat(a.effects(Effect.BarrierFailed.class)).containsExactly(new Effect.BarrierFailed(7));
    }

    @Test
    void a_follower_fails_readers_whose_question_went_unanswered() {
        var a = follower();
        a.step(new Input.BarrierAsked(7));
        for (int i = 0; i < 10; i++) {
            a.tick(10);
            a.receive("b", new Message.Heartbeat(1, 1, 0));
        }

        assertThat(a.effects(Effect.BarrierFailed.class)).containsExactly(new Effect.BarrierFailed(7));
    }

    @Test
    void a_leader_that_refuses_fails_the_reader() {
        var a = follower();
        a.step(new Input.BarrierAsked(7));
        var asked = a.sent("b", Message.BarrierRequest.class).getLast();

        a.receive("b", new Message.BarrierReply(1, asked.ticket(), 0));

        assertThat(a.effects(Effect.BarrierFailed.class)).containsExactly(new Effect.BarrierFailed(7));
    }

    @Test
    void without_a_leader_there_is_no_barrier() {
        var a = TestPeer.voter("a", "a", "b", "c");

        a.step(new Input.BarrierAsked(7));
        a.receive("b", new Message.BarrierRequest(0, 8));

        assertThat(a.effects(Effect.BarrierFailed.class)).containsExactly(new Effect.BarrierFailed(7));
        assertThat(a.sent("b")).containsExactly(new Message.BarrierReply(0, 8, 0));
    }

    @Test
    void more_readers_than_the_limit_are_refused() {
        var config = Configs.withMemory(RaftConfig.DEFAULT, 1 << 20, 1 << 20, 2);
        var a = Scene.settledLeader(config, "a", "a", "b", "c");

        for (int ticket = 1; ticket <= 3; ticket++) {
            a.step(new Input.BarrierAsked(ticket));
        }

        assertThat(a.effects(Effect.BarrierFailed.class)).containsExactly(new Effect.BarrierFailed(3));
    }

    /// T51: the shell measures its lease from the moment it sees `RoundSent`, so that must come before any heartbeat.
    @Test
    void t51_a_round_is_announced_before_its_first_heartbeat_and_confirmed_by_a_majority() {
        var a = Scene.settledLeader("a", "a", "b", "c");

        a.tick(5);
        var effects = a.drain();
        a.receive("b", new Message.HeartbeatReply(1, 2));

        assertThat(effects.getFirst()).isEqualTo(new Effect.RoundSent(2));
        assertThat(effects).hasSize(3);
        assertThat(a.effects(Effect.RoundConfirmed.class)).containsExactly(new Effect.RoundConfirmed(2));
    }

    private static TestPeer follower() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.receive("b", new Message.Heartbeat(1, 1, 0));
        a.sync();
        a.drain();
        return a;
    }
}
