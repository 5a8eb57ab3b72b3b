package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Leader election as the paper has it: Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm",
/// §5.1, §5.2 and §5.4.1.
class ElectionPaperTest {
    @Test
    void a_node_starts_as_follower_5_2() {
        var a = TestPeer.voter("a", "a", "b", "c");

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.FOLLOWER);
        assertThat(a.status().leader()).isEmpty();
    }

    @Test
    void a_later_term_makes_a_leader_a_follower_of_that_term_5_1() {
        var a = Scene.leader("a", "a", "b", "c");

        a.receive("b", new Message.AppendRejected(5, 1, 1, 0, 0));

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.FOLLOWER);
        assertThat(a.status().term()).isEqualTo(5);
        assertThat(a.last(Effect.LeadershipChanged.class))
                .contains(new Effect.LeadershipChanged(5, Optional.empty(), false));
    }

    @Test
    void a_later_term_makes_a_candidate_a_follower_of_that_term_5_1() {
        var a = Scene.candidate("a", "a", "b", "c");

        a.receive("b", new Message.VoteReply(7, false));

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.FOLLOWER);
        assertThat(a.status().term()).isEqualTo(7);
    }

    /// T31: a leader of an earlier term is told of the later one, or it might never learn of it.
    @Test
    void a_message_of_an_earlier_term_is_refused_with_the_later_term_5_1() {
        var a = Scene.withLog("a", 5, 1);
        var late = List.of(
                new Message.PreVoteRequest(3, 9, 9, 3),
                new Message.VoteRequest(3, 9, 3),
                Scene.append(3, 2, 1, 2),
                new Message.Heartbeat(3, 4, 2),
                new Message.BarrierRequest(3, 8));

        late.forEach(message -> a.receive("b", message));

        assertThat(a.sent("b"))
                .containsExactly(
                        new Message.PreVoteReply(5, 9, false),
                        new Message.VoteReply(5, false),
                        new Message.AppendRejected(5, 0, 2, 0, 0),
                        new Message.HeartbeatReply(5, 0),
                        new Message.BarrierReply(5, 8, 0));
        assertThat(a.status().leader()).isEmpty();
        assertThat(a.status().commitIndex()).isZero();
    }

    @Test
    void answers_of_an_earlier_term_change_nothing_5_1() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.receive("b", new Message.VoteReply(4, false));
        a.sync();
        Scene.campaign(a);
        Scene.elect(a);
        a.propose("x");
        a.sync();
        long before = a.status().commitIndex();

        a.receive("b", new Message.AppendAccepted(1, 1, a.status().lastIndex()));
        a.receive("c", new Message.AppendAccepted(1, 1, a.status().lastIndex()));

        assertThat(a.isLeader()).isTrue();
        assertThat(a.status().commitIndex()).isEqualTo(before);
    }

    @Test
    void a_follower_that_hears_no_leader_campaigns_in_the_next_term_5_2() {
        var a = Scene.candidate("a", "a", "b", "c");

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.CANDIDATE);
        assertThat(a.status().term()).isEqualTo(1);
        assertThat(a.status().votedFor()).contains(a.id());
    }

    @Test
    void a_candidate_asks_every_other_voter_and_says_how_far_its_log_goes_5_2() {
        var a = Scene.candidate("a", "a", "b", "c");

        a.sync();

        assertThat(a.sent("b", Message.VoteRequest.class)).containsExactly(new Message.VoteRequest(1, 1, 0));
        assertThat(a.sent("c", Message.VoteRequest.class)).containsExactly(new Message.VoteRequest(1, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, true", "3, 0, false", "3, 1, true", "4, 1, false", "4, 2, true", "5, 1, false", "5, 2, true"})
    void a_candidate_wins_with_the_votes_of_a_majority_5_2(int voters, int othersVoting, boolean wins) {
        var ids = List.of("a", "b", "c", "d", "e").subList(0, voters).toArray(String[]::new);
        var a = Scene.candidate("a", ids);
        a.sync();

        for (int i = 1; i <= othersVoting; i++) {
            a.receive(ids[i], new Message.VoteReply(1, true));
        }

        assertThat(a.isLeader()).isEqualTo(wins);
    }

    @Test
    void the_same_vote_is_not_counted_twice_5_2() {
        var a = Scene.candidate("a", "a", "b", "c", "d", "e");
        a.sync();

        a.receive("b", new Message.VoteReply(1, true));
        a.receive("b", new Message.VoteReply(1, true));

        assertThat(a.isLeader()).isFalse();
    }

    @Test
    void a_refusal_of_an_earlier_asking_does_not_hide_a_vote() {
        var a = Scene.candidate("a", "a", "b", "c");
        a.sync();

        a.receive("b", new Message.VoteReply(1, false));
        a.receive("b", new Message.VoteReply(1, true));

        assertThat(a.isLeader()).isTrue();
    }

    @Test
    void a_voter_votes_once_in_a_term_for_the_first_that_asks_5_2() {
        var a = freeVoter();

        a.receive("b", new Message.VoteRequest(1, 1, 0));
        a.receive("c", new Message.VoteRequest(1, 1, 0));
        a.receive("b", new Message.VoteRequest(1, 1, 0));
        a.sync();

        assertThat(a.sent("b")).containsExactly(new Message.VoteReply(1, true), new Message.VoteReply(1, true));
        assertThat(a.sent("c")).containsExactly(new Message.VoteReply(1, false));
    }

    @Test
    void a_candidate_follows_a_leader_of_its_own_term_5_2() {
        var a = Scene.candidate("a", "a", "b", "c");

        a.receive("b", new Message.Heartbeat(1, 1, 0));

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.FOLLOWER);
        assertThat(a.status().leader()).contains(TestPeer.nodes("b").getFirst());
        assertThat(a.status().votedFor())
                .as("its vote in that term stays given")
                .contains(a.id());
    }

    @Test
    void a_leader_says_that_it_is_there_in_every_heartbeat_interval_5_2() {
        var a = Scene.leader("a", "a", "b", "c");
        a.drain();

        a.tick(10);

        assertThat(a.sent("b", Message.Heartbeat.class)).hasSize(2);
        assertThat(a.sent("c", Message.Heartbeat.class)).hasSize(2);
    }

    @Test
    void a_follower_that_hears_its_leader_never_campaigns_5_2() {
        var a = TestPeer.voter("a", "a", "b", "c");

        for (int i = 0; i < 50; i++) {
            a.receive("b", new Message.Heartbeat(1, i, 0));
            a.tick(14);
        }

        assertThat(a.sent("c")).isEmpty();
        assertThat(a.status().term()).isEqualTo(1);
    }

    /// T38: nodes seeded apart wait apart.
    @Test
    void waits_are_random_between_the_minimum_and_the_maximum_5_2() {
        var seen = new HashSet<Integer>();

        for (int seed = 0; seed < 200; seed++) {
            var config = RaftConfig.DEFAULT;
            var disk = Disk.bootstrapped(TestPeer.voters("a", "b", "c"));
            var peer = new TestPeer(TestPeer.nodes("a").getFirst(), config, disk, seed);
            seen.add(peer.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE));
        }

        assertThat(seen).hasSize(16).allMatch(ticks -> ticks >= 15 && ticks <= 30);
    }

    @Test
    void a_candidate_without_a_majority_tries_again_in_a_later_term_5_2() {
        var a = Scene.candidate("a", "a", "b", "c");
        a.sync();
        a.drain();

        Scene.campaign(a);

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.CANDIDATE);
        assertThat(a.status().term()).isEqualTo(2);
    }

    /// T37: the later last term wins, and only between equal terms the longer log.
    @ParameterizedTest
    @CsvSource({"5, 3, true", "4, 3, true", "3, 3, false", "9, 2, false", "2, 4, true", "4, 2, false", "1, 0, false"})
    void a_vote_goes_only_to_a_log_at_least_as_complete_5_4_1(long lastIndex, long lastTerm, boolean isGranted) {
        var a = Scene.withLog("a", 3, 1, 1, 3);
        a.tick(15);

        a.receive("b", new Message.VoteRequest(9, lastIndex, lastTerm));
        a.sync();

        assertThat(a.sent("b", Message.VoteReply.class)).containsExactly(new Message.VoteReply(9, isGranted));
    }

    private static TestPeer freeVoter() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.tick(15);
        a.drain();
        return a;
    }
}
