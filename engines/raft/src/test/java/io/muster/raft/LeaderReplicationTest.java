package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.InvariantViolation;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The leader's half of replication (Raft §5.3): what it sends, to whom, how much at once, and what it makes of
/// answers.
class LeaderReplicationTest {
    @Test
    void a_new_leader_opens_its_term_with_a_batch_of_its_own_8() {
        var a = Scene.leader("a", "a", "b", "c");

        var sent = a.sent("b", Message.Append.class).getFirst();

        assertThat(sent.prevIndex()).isEqualTo(1);
        assertThat(sent.batches()).singleElement().satisfies(batch -> {
            assertThat(batch.kind()).isEqualTo(BatchKind.TERM_START);
            assertThat(batch.term()).isEqualTo(1);
            assertThat(batch.body().text()).isEqualTo("a");
        });
    }

    @Test
    void a_proposal_is_written_and_sent_to_all_in_the_same_step_5_3() {
        var a = Scene.settledLeader("a", "a", "b", "c");

        a.propose("x");

        var batch = a.last(Effect.Appended.class).orElseThrow().batch();
        assertThat(a.last(Effect.Persist.class).orElseThrow().batches()).containsExactly(batch);
        assertThat(a.sent("b")).containsExactly(new Message.Append(1, 1, 2, 1, List.of(batch), 2));
        assertThat(a.sent("c")).containsExactly(new Message.Append(1, 1, 2, 1, List.of(batch), 2));
    }

    @Test
    void a_node_that_does_not_lead_refuses_proposals() {
        var a = TestPeer.voter("a", "a", "b", "c");

        a.propose("x");

        assertThat(a.last(Effect.Refused.class)).contains(new Effect.Refused(Effect.Refused.Reason.NOT_LEADING));
    }

    @Test
    void too_much_that_waits_to_be_committed_is_refused() {
        var config = Configs.withMemory(RaftConfig.DEFAULT, 1 << 20, 240, 100);
        var a = Scene.settledLeader(config, "a", "a", "b", "c");

        for (int i = 0; i < 5; i++) {
            a.propose("x".repeat(40));
        }

        assertThat(a.effects(Effect.Appended.class)).hasSize(3);
        assertThat(a.last(Effect.Refused.class)).contains(new Effect.Refused(Effect.Refused.Reason.OVERLOADED));

        a.sync();
        Scene.acknowledge(a, "b", 1, 5);
        a.tick(1);
        a.propose("y");

        assertThat(a.effects(Effect.Appended.class)).hasSize(4);
    }

    @Test
    void a_proposal_never_gets_an_earlier_log_time_than_the_batch_before() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        LogTime last = a.raft().lastTime();

        a.step(new Input.Proposed(1, last.plusMicros(-500), Bytes.utf8("y")));

        assertThat(a.last(Effect.Appended.class).orElseThrow().batch().time()).isEqualTo(last);
    }

    @Test
    void appends_follow_each_other_up_to_a_limit_of_messages() {
        var config = Configs.withAppends(1_000, 2, 8_000);
        var a = Scene.settledLeader(config, "a", "a", "b", "c");

        a.propose("p");
        a.propose("q");
        a.propose("r");
        a.propose("s");

        assertThat(a.sent("b", Message.Append.class)).hasSize(2);

        Scene.acknowledge(a, "b", 1, 3);

        assertThat(a.sent("b", Message.Append.class)).hasSize(3);
        assertThat(a.sent("b", Message.Append.class).getLast().batches())
                .as("what waited meanwhile goes together")
                .hasSize(2);
    }

    @Test
    void appends_follow_each_other_up_to_a_limit_of_bytes() {
        var config = Configs.withAppends(1_000, 100, 250);
        var a = Scene.settledLeader(config, "a", "a", "b", "c");

        for (int i = 0; i < 6; i++) {
            a.propose("x".repeat(62));
        }

        assertThat(a.sent("b", Message.Append.class)).as("100 bytes each").hasSize(3);
    }

    @Test
    void an_append_carries_a_limited_number_of_bytes_but_at_least_one_batch() {
        var config = Configs.withAppends(250, 1, 10_000);
        var a = Scene.settledLeader(config, "a", "a", "b", "c");
        for (int i = 0; i < 5; i++) {
            a.propose("x".repeat(62));
        }
        a.propose("x".repeat(400));
        a.drain();

        Scene.acknowledge(a, "b", 1, 3);
        Scene.acknowledge(a, "b", 1, 5);
        Scene.acknowledge(a, "b", 1, 7);

        assertThat(a.sent("b", Message.Append.class))
                .extracting(append -> append.batches().size())
                .containsExactly(2, 2, 1);
    }

    @Test
    void after_a_refusal_the_leader_looks_for_the_last_common_place_step_by_step_5_3() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("p");
        a.propose("q");
        a.drain();

        a.receive("b", new Message.AppendRejected(1, 1, 3, 1, 0));
        a.propose("r");

        assertThat(a.sent("b", Message.Append.class)).singleElement().satisfies(probe -> {
            assertThat(probe.prevIndex()).isEqualTo(2);
            assertThat(probe.session()).isEqualTo(2);
            assertThat(probe.batches()).hasSize(2);
        });
    }

    @Test
    void t18_a_heartbeat_answer_proves_nothing_about_logs() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        a.sync();

        a.receive("b", new Message.HeartbeatReply(1, 1));
        a.receive("c", new Message.HeartbeatReply(1, 1));

        assertThat(a.status().commitIndex()).isEqualTo(2);
        assertThat(a.status().matches().values()).containsOnly(2L);
    }

    @Test
    void an_acknowledgement_that_comes_late_takes_back_nothing() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        a.propose("y");
        a.sync();
        Scene.acknowledge(a, "b", 1, 4);

        Scene.acknowledge(a, "b", 1, 3);

        assertThat(a.status().matches()).containsEntry(new NodeId("b"), 4L);
    }

    @Test
    void t19_answers_to_an_earlier_session_are_ignored() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        a.sync();

        a.step(new Input.PeerRestarted(TestPeer.nodes("b").getFirst()));
        Scene.acknowledge(a, "b", 1, 3);

        assertThat(a.status().commitIndex()).isEqualTo(2);

        Scene.acknowledge(a, "b", 2, 3);

        assertThat(a.status().commitIndex()).isEqualTo(3);
    }

    @Test
    void t19_a_refusal_that_an_acknowledgement_has_overtaken_is_ignored() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        Scene.acknowledge(a, "b", 1, 3);
        a.drain();

        a.receive("b", new Message.AppendRejected(1, 1, 2, 1, 0));

        assertThat(a.sent("b", Message.Append.class)).isEmpty();
        assertThat(a.status().matches()).containsEntry(TestPeer.nodes("b").getFirst(), 3L);
    }

    @Test
    void a_restarted_follower_is_asked_what_it_has_before_it_is_sent_more() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        a.drain();

        a.step(new Input.PeerRestarted(TestPeer.nodes("b").getFirst()));
        a.propose("y");

        assertThat(a.sent("b")).containsExactly(new Message.Append(1, 2, 3, 1, List.of(), 2));
        assertThat(a.status().matches()).containsEntry(TestPeer.nodes("b").getFirst(), 0L);
    }

    @Test
    void an_append_without_an_answer_is_asked_about_but_not_sent_again() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        a.drain();

        a.tick(15);

        assertThat(a.sent("b", Message.Append.class)).containsExactly(new Message.Append(1, 1, 3, 1, List.of(), 2));
    }

    @Test
    void batches_that_left_the_memory_are_read_from_the_disk_for_a_follower_far_behind() {
        var config = Configs.withMemory(Configs.withAppends(250, 8, 10_000), 300, 1 << 20, 100);
        var a = Scene.settledLeader(config, "a", "a", "b", "c");
        for (int i = 0; i < 20; i++) {
            a.propose("x".repeat(62));
        }
        a.sync();
        Scene.acknowledge(a, "b", 1, 22);
        a.drain();

        a.receive("c", new Message.AppendRejected(1, 1, 22, 2, 1));
        var read = a.last(Effect.ReadBatches.class).orElseThrow();
        a.step(new Input.BatchesRead(read.ticket(), a.disk().read(read)));

        assertThat(read.from()).isEqualTo(3);
        assertThat(a.sent("c", Message.Append.class).getLast().batches())
                .extracting(Batch::firstIndex)
                .containsExactly(3L, 4L);
    }

    @Test
    void a_read_that_comes_too_late_is_dropped() {
        var config = Configs.withMemory(Configs.withAppends(250, 8, 10_000), 300, 1 << 20, 100);
        var a = Scene.settledLeader(config, "a", "a", "b", "c");
        for (int i = 0; i < 20; i++) {
            a.propose("x".repeat(62));
        }
        a.sync();
        Scene.acknowledge(a, "b", 1, 22);
        a.receive("c", new Message.AppendRejected(1, 1, 22, 2, 1));
        var read = a.last(Effect.ReadBatches.class).orElseThrow();
        a.receive("b", new Message.VoteReply(9, false));
        a.drain();

        a.step(new Input.BatchesRead(read.ticket(), a.disk().read(read)));

        assertThat(a.drain()).isEmpty();
    }

    @Test
    void nobody_can_acknowledge_more_than_the_leader_has() {
        var a = Scene.settledLeader("a", "a", "b", "c");

        assertThatThrownBy(() -> Scene.acknowledge(a, "b", 1, 99)).isInstanceOf(InvariantViolation.class);
    }
}
