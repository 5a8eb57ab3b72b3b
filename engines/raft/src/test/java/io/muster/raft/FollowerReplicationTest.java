package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.InvariantViolation;
import io.muster.log.LogTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The follower's half of replication (Raft §5.3): what it takes, what it cuts, what it says, and when.
class FollowerReplicationTest {
    @Test
    void batches_that_fit_are_appended_and_acknowledged_once_synced_5_3() {
        var a = TestPeer.voter("a", "a", "b", "c");

        a.receive("b", Scene.append(1, 1, 0, 1, Scene.batches(2, 1, 1)));

        assertThat(a.status().lastIndex()).isEqualTo(3);
        assertThat(a.sent("b")).isEmpty();

        a.sync();

        assertThat(a.sent("b")).containsExactly(new Message.AppendAccepted(1, 1, 3));
    }

    @Test
    void an_append_that_does_not_fit_is_refused_with_the_last_place_that_may_agree_5_3() {
        var a = Scene.withLog("a", 3, 1, 1, 3, 3);

        a.receive("b", Scene.append(3, 9, 2, 1));
        a.receive("b", Scene.append(3, 4, 2, 1));
        a.receive("b", Scene.append(3, 9, 3, 1));

        assertThat(a.sent("b"))
                .containsExactly(
                        new Message.AppendRejected(3, 1, 9, 3, 1),
                        new Message.AppendRejected(3, 1, 4, 3, 1),
                        new Message.AppendRejected(3, 1, 9, 5, 3));
        assertThat(a.status().lastIndex()).isEqualTo(5);
    }

    @Test
    void a_batch_that_conflicts_is_cut_with_everything_after_it_5_3() {
        var a = Scene.withLog("a", 2, 1, 2, 2);

        a.receive("b", Scene.append(3, 2, 1, 1, Scene.batch(3, 1, 3)));

        var write = a.last(Effect.Persist.class).orElseThrow();
        assertThat(write.cut()).isEqualTo(new Effect.Cut.From(3));
        assertThat(write.batches()).extracting(Batch::term).containsExactly(3L);
        assertThat(a.status().lastIndex()).isEqualTo(3);
    }

    @Test
    void t21_an_old_append_cuts_nothing_that_came_after_it() {
        var a = TestPeer.voter("a", "a", "b", "c");
        var all = Scene.batches(2, 1, 1, 1);
        a.receive("b", Scene.append(1, 1, 0, 1, all));
        a.sync();
        a.drain();

        a.receive("b", Scene.append(1, 1, 0, 1, all[0]));

        assertThat(a.effects(Effect.Persist.class)).isEmpty();
        assertThat(a.status().lastIndex()).isEqualTo(4);
        assertThat(a.sent("b")).containsExactly(new Message.AppendAccepted(1, 1, 2));
    }

    @Test
    void t23_what_is_committed_is_never_cut() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.receive("b", Scene.append(1, 1, 0, 3, Scene.batches(2, 1, 1)));

        assertThatThrownBy(() -> a.receive("c", Scene.append(2, 2, 1, 1, Scene.batch(3, 1, 2))))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("committed");
    }

    @Test
    void a_leader_that_lacks_what_is_committed_stops_the_node() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.receive("b", Scene.append(1, 1, 0, 3, Scene.batches(2, 1, 1)));

        assertThatThrownBy(() -> a.receive("c", Scene.append(2, 3, 2, 1))).isInstanceOf(InvariantViolation.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "9, 3"})
    void the_commit_index_follows_the_leader_but_only_as_far_as_logs_were_compared_5_3(long told, long known) {
        var a = TestPeer.voter("a", "a", "b", "c");

        a.receive("b", Scene.append(1, 1, 0, told, Scene.batches(2, 1, 1)));

        assertThat(a.status().commitIndex()).isEqualTo(known);
    }

    @Test
    void a_commit_index_beyond_an_append_says_nothing_about_old_batches_after_it() {
        var a = Scene.withLog("a", 1, 1, 1);

        a.receive("b", Scene.append(2, 1, 0, 3, Scene.batch(2, 1, 1)));

        assertThat(a.status().commitIndex()).isEqualTo(2);
    }

    @Test
    void a_repeated_append_is_not_written_twice_and_is_acknowledged_only_once_synced() {
        var a = TestPeer.voter("a", "a", "b", "c");
        var append = Scene.append(1, 1, 0, 1, Scene.batch(2, 1, 1));
        a.receive("b", append);

        a.receive("b", append);

        assertThat(a.effects(Effect.Persist.class)).hasSize(1);
        assertThat(a.sent("b")).isEmpty();

        a.sync();

        assertThat(a.sent("b")).hasSize(2);
    }

    @Test
    void t12_a_write_that_completes_after_its_batches_were_cut_proves_nothing() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.receive("b", Scene.append(1, 1, 0, 1, Scene.batch(2, 1, 1)));
        a.receive("c", Scene.append(2, 1, 0, 1, Scene.batch(2, 1, 2)));
        a.receive("b", Scene.append(3, 1, 0, 1, Scene.batch(2, 1, 1)));
        var first = a.effects(Effect.Persist.class).getFirst();

        a.step(new Input.Persisted(first.ticket()));

        assertThat(a.status().durableIndex())
                .as("the disk still is to cut 2/1 before it gets 2/1 back")
                .isEqualTo(1);
        assertThat(a.sent("b", Message.AppendAccepted.class))
                .as("what was acknowledged in term 1 was true then; nothing is acknowledged in term 3")
                .noneMatch(accepted -> accepted.term() == 3);
    }

    @Test
    void t12_completions_out_of_order_count_only_from_the_oldest_on() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.receive("b", Scene.append(1, 1, 0, 1, Scene.batch(2, 1, 1)));
        a.receive("b", Scene.append(1, 2, 1, 1, Scene.batch(3, 1, 1)));

        a.step(new Input.Persisted(2));

        assertThat(a.status().durableIndex()).isEqualTo(1);
        assertThat(a.sent("b")).isEmpty();

        a.step(new Input.Persisted(1));

        assertThat(a.status().durableIndex()).isEqualTo(3);
        assertThat(a.sent("b")).hasSize(2);
    }

    @Test
    void a_completion_that_nobody_waits_for_is_ignored() {
        var a = TestPeer.voter("a", "a", "b", "c");

        a.step(new Input.Persisted(77));

        assertThat(a.drain()).isEmpty();
    }

    @Test
    void a_damaged_batch_is_never_appended() {
        var a = TestPeer.voter("a", "a", "b", "c");
        var good = Scene.batch(2, 1, 1);
        var damaged = new Batch(2, 1, 1, BatchKind.COMMANDS, good.time(), Bytes.utf8("other"), good.checksum());

        a.receive("b", Scene.append(1, 1, 0, 1, damaged));

        assertThat(a.status().lastIndex()).isEqualTo(1);
        assertThat(a.sent("b")).isEmpty();
    }

    @Test
    void an_append_with_a_gap_or_a_falling_term_is_never_taken() {
        var a = TestPeer.voter("a", "a", "b", "c");

        a.receive("b", Scene.append(3, 1, 0, 1, Scene.batch(3, 1, 1)));
        a.receive("b", Scene.append(3, 1, 0, 1, Scene.batch(2, 1, 2), Scene.batch(3, 1, 1)));
        a.receive("b", Scene.append(3, 1, 0, 1, Scene.batch(2, 1, 4)));

        assertThat(a.status().lastIndex()).isEqualTo(1);
    }

    @Test
    void two_different_batches_of_one_place_stop_the_node() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.receive("b", Scene.append(1, 1, 0, 1, Scene.batch(2, 1, 1)));
        var other =
                Batch.seal(new Batch.Head(2, 1, 1, BatchKind.COMMANDS, new LogTime(9_999, 9_999)), Bytes.utf8("other"));

        assertThatThrownBy(() -> a.receive("b", Scene.append(1, 1, 0, 1, other)))
                .isInstanceOf(InvariantViolation.class);
    }

    @Test
    void a_log_that_was_cut_behind_the_nodes_back_stops_it() {
        var a = TestPeer.voter("a", "a", "b", "c");

        assertThatThrownBy(() -> a.receive("b", new Message.Heartbeat(1, 1, 50)))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("ends at 1");
    }

    @Test
    void two_leaders_of_one_term_stop_the_node() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.receive("b", new Message.Heartbeat(1, 1, 0));

        assertThatThrownBy(() -> a.receive("c", new Message.Heartbeat(1, 1, 0)))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("one leader");
    }
}
