package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Persist, then send; then count. The traps are those of docs/protocol.md.
class VoteDurabilityTest {
    @Test
    void t1_a_candidate_asks_for_votes_only_once_its_own_is_synced() {
        var a = Scene.candidate("a", "a", "b", "c");

        assertThat(a.sent("b", Message.VoteRequest.class)).isEmpty();

        a.sync();

        assertThat(a.sent("b", Message.VoteRequest.class)).hasSize(1);
    }

    @Test
    void t1_a_voter_answers_only_once_its_vote_is_synced() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.tick(15);

        a.receive("b", new Message.VoteRequest(1, 1, 0));

        assertThat(a.sent("b", Message.VoteReply.class)).isEmpty();

        a.sync();

        assertThat(a.sent("b", Message.VoteReply.class)).containsExactly(new Message.VoteReply(1, true));
    }

    @Test
    void t2_term_and_vote_are_one_write() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.tick(15);

        a.receive("b", new Message.VoteRequest(4, 1, 0));

        assertThat(a.effects(Effect.Persist.class))
                .singleElement()
                .satisfies(write -> assertThat(write.state())
                        .isEqualTo(
                                new VoteState(4, Optional.of(TestPeer.nodes("b").getFirst()))));
    }

    @Test
    void t3_a_node_that_only_learnt_a_term_restarts_in_it_with_its_log() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.receive("b", Scene.append(6, 1, 0, 1, Scene.batch(2, 1, 6)));
        a.sync();

        a.restart(2);

        assertThat(a.status().term()).isEqualTo(6);
        assertThat(a.status().votedFor()).isEmpty();
        assertThat(a.status().lastIndex()).isEqualTo(2);
        assertThat(a.raft().configuration()).isEqualTo(TestPeer.voters("a", "b", "c"));
    }

    @Test
    void t3_a_node_that_voted_restarts_with_its_vote() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.tick(15);
        a.receive("b", new Message.VoteRequest(4, 1, 0));
        a.sync();

        a.restart(2);
        a.tick(15);
        a.receive("c", new Message.VoteRequest(4, 9, 3));

        assertThat(a.sent("c", Message.VoteReply.class)).containsExactly(new Message.VoteReply(4, false));
    }

    @Test
    void t6_a_later_term_is_written_even_without_a_vote_and_before_anything_is_said_in_it() {
        var a = TestPeer.voter("a", "a", "b", "c");

        a.receive("b", new Message.Heartbeat(3, 1, 0));

        assertThat(a.sent("b")).isEmpty();

        a.sync();

        assertThat(a.disk().state()).isEqualTo(new VoteState(3, Optional.empty()));
        assertThat(a.sent("b")).containsExactly(new Message.HeartbeatReply(3, 1));
    }

    @Test
    void t9_what_was_not_synced_is_forgotten_and_was_never_promised() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.tick(15);
        a.receive("b", new Message.VoteRequest(1, 1, 0));

        assertThat(a.sent("b")).isEmpty();

        a.restart(2);
        a.tick(15);
        a.receive("c", new Message.VoteRequest(1, 1, 0));
        a.sync();

        assertThat(a.sent("c")).containsExactly(new Message.VoteReply(1, true));
    }

    @Test
    void t11_a_candidate_counts_its_own_vote_only_once_it_is_synced() {
        var a = Scene.candidate("a", "a", "b", "c");

        a.receive("b", new Message.VoteReply(1, true));

        assertThat(a.isLeader()).isFalse();

        a.sync();

        assertThat(a.isLeader()).isTrue();
    }

    @Test
    void a_disk_that_hangs_for_ever_costs_messages_but_not_memory() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.receive("b", new Message.Heartbeat(1, 1, 0));
        for (int round = 2; round < Outbox.MAX_HELD + 100; round++) {
            a.receive("b", new Message.Heartbeat(1, round, 0));
        }

        a.sync();

        assertThat(a.sent("b")).hasSize(Outbox.MAX_HELD);
    }

    @Test
    void t38_the_time_that_a_vote_takes_to_sync_is_not_waiting_for_a_leader() {
        var a = Scene.candidate("a", "a", "b", "c");

        a.tick(100);

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.CANDIDATE);

        a.sync();
        a.tick(14);

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.CANDIDATE);
    }
}
