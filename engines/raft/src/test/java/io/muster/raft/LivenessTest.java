package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.NodeId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pre-vote, check-quorum, stickiness and self-fencing: what keeps one good leader, and gets rid of a bad one
/// (Ongaro's thesis §4.2.3, §6.2, §9.6, and the traps of docs/consensus-traps.md).
class LivenessTest {
    @Test
    void a_pre_vote_changes_neither_term_nor_vote_nor_disk_9_6() {
        var a = TestPeer.voter("a", "a", "b", "c");

        a.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE);

        assertThat(a.status().term()).isZero();
        assertThat(a.effects(Effect.Persist.class)).isEmpty();
    }

    @Test
    void t33_granting_a_pre_vote_changes_nothing_and_restarts_no_wait() {
        var asked = TestPeer.voter("a", "a", "b", "c");
        var left = TestPeer.voter("a", "a", "b", "c");
        asked.tick(15);
        left.tick(15);

        for (int i = 0; i < 3; i++) {
            asked.receive("b", new Message.PreVoteRequest(4, i, 9, 4));
        }

        assertThat(asked.sent("b", Message.PreVoteReply.class)).hasSize(3).allMatch(Message.PreVoteReply::isGranted);
        assertThat(asked.status().term()).isZero();
        assertThat(asked.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE))
                .isEqualTo(left.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE));
    }

    @Test
    void t33_a_pre_vote_of_an_earlier_asking_is_not_counted() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE);
        long earlier = a.sent("b", Message.PreVoteRequest.class).getFirst().ballot();
        a.tick(31);

        a.receive("b", new Message.PreVoteReply(0, earlier, true));

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.PRE_CANDIDATE);
    }

    @Test
    void t33_pre_votes_are_no_votes() {
        var a = TestPeer.voter("a", "a", "b", "c", "d", "e");
        a.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE);
        long ballot = a.sent("b", Message.PreVoteRequest.class).getFirst().ballot();
        a.receive("b", new Message.PreVoteReply(0, ballot, true));
        a.receive("c", new Message.PreVoteReply(0, ballot, true));
        a.sync();

        a.receive("d", new Message.PreVoteReply(0, ballot, true));
        a.receive("b", new Message.VoteReply(1, true));

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.CANDIDATE);
    }

    @Test
    void of_two_who_ask_at_the_same_time_with_equal_logs_the_lower_name_goes_first() {
        var a = TestPeer.voter("a", "a", "b", "c");
        var c = TestPeer.voter("c", "a", "b", "c");
        a.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE);
        c.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE);
        var ofA = a.sent("c", Message.PreVoteRequest.class).getFirst();
        var ofC = c.sent("a", Message.PreVoteRequest.class).getFirst();

        a.receive("c", ofC);
        c.receive("a", ofA);
        a.receive("c", new Message.PreVoteRequest(0, ofC.ballot(), 9, 1));

        assertThat(c.sent("a", Message.PreVoteReply.class)).allMatch(Message.PreVoteReply::isGranted);
        assertThat(a.sent("c", Message.PreVoteReply.class))
                .as("not with an equal log, but with a better one")
                .extracting(Message.PreVoteReply::isGranted)
                .containsExactly(false, true);
    }

    @Test
    void t32_a_refused_pre_vote_teaches_the_later_term() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE);
        long ballot = a.sent("b", Message.PreVoteRequest.class).getFirst().ballot();

        a.receive("b", new Message.PreVoteReply(6, ballot, false));
        a.sync();
        Scene.campaign(a);

        assertThat(a.status().term()).isEqualTo(7);
    }

    @Test
    void t31_a_node_of_a_later_term_gets_a_leader_again() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        var c = Scene.withLog("c", 9, 1);

        a.tick(5);
        var beat = a.sent("c", Message.Heartbeat.class).getLast();
        c.receive("a", beat);
        a.receive("c", c.sent("a").getLast());

        assertThat(a.status().term()).isEqualTo(9);
        assertThat(a.isLeader()).isFalse();
    }

    @Test
    void a_voter_that_heard_its_leader_ignores_who_asks_for_votes_4_2_3() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.tick(20);
        a.receive("b", new Message.Heartbeat(1, 1, 0));
        a.sync();
        a.tick(14);
        a.drain();

        a.receive("c", new Message.VoteRequest(8, 9, 7));
        a.receive("c", new Message.PreVoteRequest(8, 3, 9, 7));

        assertThat(a.status().term()).isEqualTo(1);
        assertThat(a.sent("c")).containsExactly(new Message.PreVoteReply(1, 3, false));
    }

    @Test
    void t35_a_leader_cannot_be_unseated_by_asking_for_votes() {
        var a = Scene.settledLeader("a", "a", "b", "c");

        a.receive("d", new Message.VoteRequest(50, 99, 49));
        a.receive("d", new Message.PreVoteRequest(50, 3, 99, 49));

        assertThat(a.isLeader()).isTrue();
        assertThat(a.sent("d")).containsExactly(new Message.PreVoteReply(1, 3, false), new Message.NotMember(1, 1));
    }

    @Test
    void a_voter_that_just_started_gives_no_vote_for_one_minimum_timeout() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.tick(14);

        a.receive("b", new Message.PreVoteRequest(0, 1, 1, 0));
        a.receive("b", new Message.VoteRequest(1, 1, 0));
        a.tick(1);
        a.receive("b", new Message.PreVoteRequest(0, 2, 1, 0));

        assertThat(a.sent("b"))
                .containsExactly(new Message.PreVoteReply(0, 1, false), new Message.PreVoteReply(0, 2, true));
    }

    @Test
    void a_voter_that_just_started_gives_no_vote_in_its_stored_term_either() {
        var b = Scene.withLog("b", 3, 1);
        b.receive("c", new Message.VoteRequest(3, 9, 3));
        b.tick(15);

        b.receive("c", new Message.VoteRequest(3, 9, 3));
        b.sync();

        assertThat(b.sent("c", Message.VoteReply.class))
                .containsExactly(new Message.VoteReply(3, false), new Message.VoteReply(3, true));
    }

    @Test
    void a_hurried_voter_that_gave_its_vote_waits_a_whole_timeout_for_it_5_2() {
        for (int seed = 0; seed < 20; seed++) {
            var b = new TestPeer(
                    TestPeer.nodes("b").getFirst(),
                    RaftConfig.DEFAULT,
                    Disk.bootstrapped(TestPeer.voters("a", "b", "c")),
                    seed);
            b.receive("a", new Message.Heartbeat(1, 1, 0));
            b.sync();
            b.tick(RaftConfig.DEFAULT.times().electionTicksMin() - 1);
            b.step(new Input.LeaderVanished(TestPeer.nodes("a").getFirst()));
            b.tick(1);

            b.receive("c", new Message.VoteRequest(2, 1, 0));
            b.sync();

            assertThat(b.sent("c")).contains(new Message.VoteReply(2, true));
            assertThat(b.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE))
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(RaftConfig.DEFAULT.times().electionTicksMin());
        }
    }

    @Test
    void t36_a_leader_that_hears_no_majority_stops_leading_6_2() {
        var a = Scene.settledLeader("a", "a", "b", "c");

        a.tick(30);

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.FOLLOWER);
        assertThat(a.status().term()).as("its term did not pass").isEqualTo(1);
    }

    @Test
    void t34_a_leader_that_hears_a_minority_only_stops_and_tells_those_who_still_hear_it() {
        var a = Scene.settledLeader("a", "a", "b", "c", "d", "e");
        for (int i = 0; i < 10; i++) {
            a.tick(3);
            a.receive("b", new Message.HeartbeatReply(1, 1));
        }

        assertThat(a.isLeader()).isFalse();
        assertThat(a.sent("b")).contains(new Message.Resigned(1));
    }

    @Test
    void a_leader_that_hears_a_majority_goes_on() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        for (int i = 0; i < 100; i++) {
            a.tick(3);
            a.receive("b", new Message.HeartbeatReply(1, 1));
        }

        assertThat(a.isLeader()).isTrue();
    }

    @Test
    void a_follower_of_a_leader_that_resigned_may_vote_at_once() {
        var b = followerOfResigned();

        b.receive("c", new Message.PreVoteRequest(1, 1, 1, 0));

        assertThat(b.sent("c")).containsExactly(new Message.PreVoteReply(1, 1, true));
    }

    @Test
    void a_follower_of_a_leader_that_resigned_campaigns_soon() {
        var b = followerOfResigned();

        assertThat(b.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE)).isLessThanOrEqualTo(6);
    }

    private static TestPeer followerOfResigned() {
        var b = TestPeer.voter("b", "a", "b", "c");
        b.receive("a", new Message.Heartbeat(1, 1, 0));
        b.sync();
        b.receive("a", new Message.Resigned(1));
        b.drain();
        return b;
    }

    @Test
    void a_follower_whose_leader_vanished_campaigns_once_its_lease_must_be_over() {
        for (int seed = 0; seed < 50; seed++) {
            var b = new TestPeer(
                    TestPeer.nodes("b").getFirst(),
                    RaftConfig.DEFAULT,
                    Disk.bootstrapped(TestPeer.voters("a", "b", "c")),
                    seed);
            b.receive("a", new Message.Heartbeat(1, 1, 0));
            b.sync();
            b.tick(4);

            b.step(new Input.LeaderVanished(TestPeer.nodes("a").getFirst()));

            assertThat(b.last(Effect.LeadershipChanged.class))
                    .contains(new Effect.LeadershipChanged(1, Optional.empty(), false));
            assertThat(b.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE)).isBetween(12, 14);
        }
    }

    @Test
    void t52_that_the_leader_seems_gone_frees_no_vote_before_its_lease_must_be_over() {
        var b = TestPeer.voter("b", "a", "b", "c");
        b.receive("a", new Message.Heartbeat(1, 1, 0));
        b.sync();
        b.tick(10);
        b.step(new Input.LeaderVanished(TestPeer.nodes("a").getFirst()));
        b.drain();

        b.tick(4);
        b.receive("c", new Message.PreVoteRequest(1, 1, 1, 0));
        b.receive("c", new Message.VoteRequest(2, 1, 0));
        b.sync();

        assertThat(b.sent("c")).containsExactly(new Message.PreVoteReply(1, 1, false));
        assertThat(b.status().term()).isEqualTo(1);

        b.tick(1);
        b.receive("c", new Message.VoteRequest(2, 1, 0));
        b.sync();

        assertThat(b.sent("c")).contains(new Message.VoteReply(2, true));
    }

    @Test
    void only_rounds_of_heartbeats_renew_a_lease_so_only_they_are_waited_for() {
        var b = TestPeer.voter("b", "a", "b", "c");
        b.receive("a", new Message.Heartbeat(1, 1, 0));
        b.sync();
        b.tick(14);
        b.receive("a", new Message.CommitNotice(1, 1));
        b.step(new Input.LeaderVanished(TestPeer.nodes("a").getFirst()));

        b.tick(1);
        b.receive("c", new Message.VoteRequest(2, 1, 0));
        b.sync();

        assertThat(b.sent("c")).contains(new Message.VoteReply(2, true));
    }

    @Test
    void who_is_refused_while_others_have_yet_to_notice_asks_again_soon() {
        var b = TestPeer.voter("b", "a", "b", "c");
        b.receive("a", new Message.Heartbeat(1, 1, 0));
        b.sync();
        b.step(new Input.LeaderVanished(TestPeer.nodes("a").getFirst()));
        b.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE);
        var asked = b.sent("c", Message.PreVoteRequest.class).getLast();
        b.receive("a", new Message.PreVoteReply(1, asked.ballot(), false));
        b.receive("c", new Message.PreVoteReply(1, asked.ballot(), false));

        assertThat(b.status().role()).isEqualTo(RaftStatus.MemberRole.FOLLOWER);
        assertThat(b.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE)).isLessThanOrEqualTo(6);
    }

    @Test
    void that_another_node_vanished_changes_nothing() {
        var b = TestPeer.voter("b", "a", "b", "c");
        b.receive("a", new Message.Heartbeat(1, 1, 0));
        b.drain();

        b.step(new Input.LeaderVanished(TestPeer.nodes("c").getFirst()));

        assertThat(b.drain()).isEmpty();
    }

    @Test
    void t40_a_leader_whose_disk_hangs_stops_leading_though_heartbeats_flow() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        for (int i = 0; i < 199; i++) {
            a.tick(1);
            a.receive("b", new Message.HeartbeatReply(1, 1));
        }

        assertThat(a.isLeader()).isTrue();

        a.tick(1);

        assertThat(a.isLeader()).isFalse();
        assertThat(a.sent("b")).contains(new Message.Resigned(1));
    }

    @Test
    void t40_a_node_whose_disk_hangs_does_not_campaign_until_it_answers() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.receive("b", new Message.Heartbeat(1, 1, 0));
        a.sync();
        a.receive("b", Scene.append(1, 1, 0, 1, Scene.batch(2, 1, 1)));
        for (int i = 0; i < 40; i++) {
            a.tick(5);
            a.receive("b", new Message.Heartbeat(1, 1, 0));
        }

        a.tick(100);

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.FOLLOWER);

        a.sync();
        a.tick(1);

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.PRE_CANDIDATE);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 1L << 32, (1L << 20) + 2})
    void t44_a_message_of_an_impossible_term_is_ignored(long term) {
        var a = Scene.settledLeader("a", "a", "b", "c");

        a.receive("b", new Message.AppendRejected(term, 1, 1, 0, 0));
        a.receive("b", new Message.Heartbeat(term, 1, 0));
        a.receive("b", new Message.PreVoteReply(term, 1, false));

        assertThat(a.isLeader()).isTrue();
        assertThat(a.drain()).isEmpty();
    }

    /// A cluster that was begun from a backup has terms that no other cluster ever reached.
    @Test
    void a_node_that_was_in_no_term_yet_follows_a_leader_of_any() {
        var fresh = TestPeer.voter("a", "a", "b", "c");

        fresh.receive("b", new Message.Heartbeat(1L << 41, 1, 0));

        assertThat(fresh.status().term()).isEqualTo(1L << 41);
        assertThat(fresh.status().leader()).contains(new NodeId("b"));
    }
}
