package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.NodeId;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import org.junit.jupiter.api.Test;

/// Handing leadership over (Ongaro's thesis §3.10, §4.2.3), and what has gone wrong with it elsewhere
/// (T41, T52).
class LeadershipTransferTest {
    private static final long WISH = 7;
    private static final Message.TimeoutNow TAKE_OVER = new Message.TimeoutNow(1);

    @Test
    void a_successor_that_has_everything_is_told_at_once_3_10() {
        var a = Scene.settledLeader("a", "a", "b", "c");

        handOver(a, "b");

        assertThat(a.sent("b")).containsExactly(TAKE_OVER);
        assertThat(a.sent("c")).isEmpty();
    }

    @Test
    void a_successor_that_lacks_something_is_brought_up_to_date_first_3_10() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        a.sync();

        handOver(a, "b");
        Scene.acknowledge(a, new NodeId("c"), 3);
        assertThat(a.sent("b")).doesNotContain(TAKE_OVER);
        Scene.acknowledge(a, new NodeId("b"), 3);

        assertThat(a.sent("b")).endsWith(TAKE_OVER);
    }

    @Test
    void nobody_is_told_before_everything_is_committed() {
        var a = Scene.settledLeader("a", "a", "b", "c", "d", "e");
        a.propose("x");
        a.sync();

        handOver(a, "b");
        Scene.acknowledge(a, new NodeId("b"), 3);
        assertThat(a.sent("b")).doesNotContain(TAKE_OVER);
        Scene.acknowledge(a, new NodeId("c"), 3);

        assertThat(a.sent("b")).endsWith(TAKE_OVER);
    }

    @Test
    void t52_the_lease_is_given_up_before_the_word_leaves() {
        var a = Scene.settledLeader("a", "a", "b", "c");

        handOver(a, "b");

        var effects = a.drain();
        assertThat(effects).containsSubsequence(new Effect.LeaseGivenUp(), new Effect.Send(new NodeId("b"), TAKE_OVER));
    }

    @Test
    void a_successor_that_is_told_campaigns_at_once_without_a_pre_vote_3_10() {
        var b = follower();

        b.receive("a", TAKE_OVER);
        b.sync();

        assertThat(b.status().role()).isEqualTo(RaftStatus.MemberRole.CANDIDATE);
        assertThat(b.sent("c")).containsExactly(new Message.VoteRequest(2, 2, 1, true));
    }

    @Test
    void who_hears_a_leader_votes_for_the_one_whom_it_wished_for_4_2_3() {
        var b = follower();

        b.receive("c", new Message.VoteRequest(2, 2, 1, true));
        b.sync();

        assertThat(b.sent("c")).containsExactly(new Message.VoteReply(2, true));
    }

    @Test
    void a_forced_candidate_whose_log_lacks_something_gets_no_vote_5_4_1() {
        var b = follower();

        b.receive("c", new Message.VoteRequest(2, 1, 1, true));
        b.sync();

        assertThat(b.sent("c")).containsExactly(new Message.VoteReply(2, false));
    }

    @Test
    void a_vote_is_given_once_in_a_term_also_to_forced_candidates_5_2() {
        var b = follower();

        b.receive("c", new Message.VoteRequest(2, 2, 1, true));
        b.receive("a", new Message.VoteRequest(2, 2, 1, true));
        b.sync();

        assertThat(b.sent("a")).containsExactly(new Message.VoteReply(2, false));
    }

    @Test
    void the_word_of_a_leader_whose_term_has_passed_does_nothing() {
        var b = follower();
        b.receive("c", new Message.Heartbeat(3, 1, 0));
        b.sync();
        b.drain();

        b.receive("a", TAKE_OVER);

        assertThat(b.drain()).isEmpty();
    }

    @Test
    void a_node_without_a_vote_does_not_campaign_though_it_is_told_to_t41() {
        var d = new TestPeer(new NodeId("d"), RaftConfig.DEFAULT, Disk.bootstrapped(TestPeer.voters("a", "b", "c")), 1);

        d.receive("a", TAKE_OVER);

        assertThat(d.status().role()).isEqualTo(RaftStatus.MemberRole.FOLLOWER);
    }

    @Test
    void a_node_whose_disk_hangs_does_not_take_over_t40() {
        var b = follower();
        b.receive("a", Scene.append(1, 2, 1, 2, Scene.batch(3, 1, 1)));
        for (int i = 0; i < RaftConfig.DEFAULT.times().stallTicks(); i++) {
            b.tick(1);
            b.receive("a", new Message.Heartbeat(1, 1, 2));
        }

        b.receive("a", TAKE_OVER);

        assertThat(b.status().role()).isEqualTo(RaftStatus.MemberRole.FOLLOWER);
    }

    @Test
    void proposals_are_taken_while_the_successor_catches_up() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        handOver(a, "b");

        a.propose("y");

        assertThat(a.raft().isHandingOver()).isFalse();
        assertThat(a.effects(Effect.Appended.class)).hasSize(2);
    }

    @Test
    void proposals_wait_once_the_successor_is_told_3_10() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        handOver(a, "b");

        a.propose("x");

        assertThat(a.raft().isHandingOver()).isTrue();
        assertThat(a.effects(Effect.Refused.class))
                .containsExactly(new Effect.Refused(Effect.Refused.Reason.HANDING_OVER));
    }

    @Test
    void t41_after_the_deadline_the_leader_leads_on_and_takes_proposals() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        handOver(a, "b");

        live(a, RaftConfig.DEFAULT.times().electionTicksMax());

        assertThat(answer(a)).isInstanceOf(TransferAnswer.Failed.class);
        assertThat(a.isLeader()).isTrue();
        a.propose("x");
        assertThat(a.effects(Effect.Appended.class)).hasSize(1);
    }

    @Test
    void t41_a_successor_that_never_catches_up_costs_nothing_but_the_wish() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        a.sync();
        handOver(a, "b");

        live(a, RaftConfig.DEFAULT.times().transferTicks());

        assertThat(answer(a)).isEqualTo(new TransferAnswer.Failed("b has not caught up with entry 3 in time"));
        assertThat(a.effects(Effect.LeaseGivenUp.class)).isEmpty();
        assertThat(a.raft().isHandingOver()).isFalse();
    }

    @Test
    void t41_a_second_wish_can_be_made_once_the_first_has_failed() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        handOver(a, "b");
        live(a, RaftConfig.DEFAULT.times().electionTicksMax());
        a.drain();

        handOver(a, "c");

        assertThat(a.sent("c")).containsExactly(TAKE_OVER);
    }

    @Test
    void a_wish_while_another_is_under_way_is_refused() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        handOver(a, "b");

        a.step(new Input.TransferAsked(WISH + 1, Successor.ANYONE));

        assertThat(a.last(Effect.TransferEnded.class))
                .contains(new Effect.TransferEnded(
                        WISH + 1, new TransferAnswer.Refused("leadership is being handed over to b already")));
    }

    @Test
    void the_word_is_said_again_while_it_may_be_lost() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        handOver(a, "b");

        a.tick(RaftConfig.DEFAULT.times().heartbeatTicks());

        assertThat(a.sent("b", Message.TimeoutNow.class)).hasSize(2);
    }

    @Test
    void it_is_done_when_the_successor_is_heard_as_the_leader() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        handOver(a, "b");

        a.receive("b", new Message.VoteRequest(2, 2, 1, true));
        a.sync();
        assertThat(a.effects(Effect.TransferEnded.class)).isEmpty();
        a.receive("b", Scene.append(2, 2, 1, 2, Scene.batch(3, 1, 2)));

        assertThat(answer(a)).isEqualTo(new TransferAnswer.Done(new NodeId("b"), 2));
    }

    @Test
    void it_has_failed_when_another_is_elected() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        handOver(a, "b");

        a.receive("c", new Message.Heartbeat(2, 1, 2));

        assertThat(answer(a)).isEqualTo(new TransferAnswer.Failed("c was elected in term 2, not b"));
    }

    @Test
    void it_has_failed_when_no_leader_is_seen_in_time() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        handOver(a, "b");
        a.receive("b", new Message.VoteRequest(2, 2, 1, true));

        a.tick(RaftConfig.DEFAULT.times().electionTicksMax());

        assertThat(answer(a)).isInstanceOf(TransferAnswer.Failed.class);
    }

    @Test
    void a_successor_that_restarts_is_not_told_before_it_has_acknowledged_again_t19() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.step(new Input.PeerRestarted(new NodeId("b")));

        handOver(a, "b");

        assertThat(a.sent("b")).doesNotContain(TAKE_OVER);
    }

    @Test
    void a_leader_that_is_to_lead_does_so_already() {
        var a = Scene.settledLeader("a", "a", "b", "c");

        handOver(a, "a");

        assertThat(answer(a)).isEqualTo(new TransferAnswer.Done(new NodeId("a"), 1));
        assertThat(a.raft().isHandingOver()).isFalse();
    }

    @Test
    void a_node_without_a_vote_is_refused_t41() {
        var a = Scene.settledLeader("a", "a", "b", "c");

        handOver(a, "d");

        assertThat(answer(a)).isEqualTo(new TransferAnswer.Refused("d has no vote, so it cannot lead"));
    }

    @Test
    void a_node_that_does_not_lead_refuses() {
        var b = follower();

        handOver(b, "c");

        assertThat(answer(b)).isEqualTo(new TransferAnswer.Refused("this node does not lead"));
    }

    @Test
    void a_leader_that_is_alone_refuses() {
        var a = Scene.settledLeader("a", "a");

        anyone(a);

        assertThat(answer(a)).isEqualTo(new TransferAnswer.Refused("no other voter is up to date with this leader"));
    }

    @Test
    void of_all_voters_the_one_that_acknowledged_most_is_chosen_3_10() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        a.sync();
        Scene.acknowledge(a, new NodeId("c"), 3);

        anyone(a);

        assertThat(a.sent("c")).contains(TAKE_OVER);
    }

    @Test
    void of_voters_that_have_acknowledged_as_much_the_one_that_answers_is_chosen() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.tick(RaftConfig.DEFAULT.times().heartbeatTicks());
        long round = a.effects(Effect.RoundSent.class).getLast().round();
        a.receive("c", new Message.HeartbeatReply(1, round));

        anyone(a);

        assertThat(a.sent("c")).contains(TAKE_OVER);
    }

    @Test
    void a_voter_that_gets_a_snapshot_is_not_chosen_t41() {
        var a = Scene.installingLeader();
        a.receive("b", new Message.AppendAccepted(1, 1, 6));
        a.drain();

        anyone(a);

        assertThat(a.sent("b")).contains(TAKE_OVER);
        assertThat(a.sent("c")).doesNotContain(TAKE_OVER);
    }

    /// `b`, which follows `a` in term 1 and has its first batch.
    private static TestPeer follower() {
        var b = TestPeer.voter("b", "a", "b", "c");
        b.receive("a", Scene.append(1, 1, 0, 1, Scene.batch(2, 1, 1)));
        b.sync();
        b.receive("a", new Message.Heartbeat(1, 1, 2));
        b.drain();
        return b;
    }

    private static void handOver(TestPeer leader, String to) {
        leader.step(new Input.TransferAsked(WISH, new Successor.Named(new NodeId(to))));
    }

    private static void anyone(TestPeer leader) {
        leader.step(new Input.TransferAsked(WISH, Successor.ANYONE));
    }

    /// Time passes in which `c` is heard.
    private static void live(TestPeer leader, int ticks) {
        for (int i = 0; i < ticks; i++) {
            leader.tick(1);
            leader.effects(Effect.RoundSent.class)
                    .forEach(sent -> leader.receive("c", new Message.HeartbeatReply(1, sent.round())));
        }
    }

    private static TransferAnswer answer(TestPeer peer) {
        var ended = peer.last(Effect.TransferEnded.class).orElseThrow();
        assertThat(ended.ticket()).isEqualTo(WISH);
        return ended.answer();
    }
}
