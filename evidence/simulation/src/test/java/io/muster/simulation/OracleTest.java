package io.muster.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobId;
import io.muster.jobs.JobSpec;
import io.muster.log.Asker;
import io.muster.log.CommittedBatch;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import io.muster.state.ClusterState;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Tests the oracle: each thing that must never happen is shown to it, and it must object.
final class OracleTest {
    private static final NodeId ONE = new NodeId("node-1");
    private static final NodeId TWO = new NodeId("node-2");

    private final Oracle oracle = new Oracle(new Agenda(), 7);

    @Test
    void objects_to_two_leaders_in_one_term() {
        oracle.leads(ONE, 1, 3);
        oracle.leads(ONE, 1, 3);

        objects("two leaders in term 3", () -> oracle.leads(TWO, 1, 3));
    }

    @Test
    void objects_to_a_leader_that_leads_again_in_a_term_of_an_earlier_life() {
        oracle.leads(ONE, 1, 3);

        objects("two leaders in term 3", () -> oracle.leads(ONE, 2, 3));
    }

    @Test
    void objects_to_two_leaders_that_are_trusted_at_one_instant() {
        oracle.trusted(List.of());
        oracle.trusted(List.of(ONE));

        objects("two leaders are trusted at one instant", () -> oracle.trusted(List.of(ONE, TWO)));
    }

    @Test
    void objects_to_a_state_that_goes_on_otherwise_once_it_was_read_back() {
        var watch = new SnapshotWatch(oracle, 7);
        var reference = new ClusterState((_, _, _, _) -> {});
        long index = 0;
        while (watch.taken() == 0) {
            index++;
            var batch = termStart(index, index, 1_000 * index, ONE);
            watch.applied(batch, reference.apply(batch), reference);
        }
        var next = termStart(index + 1, index + 1, 1_000 * index, ONE);
        reference.apply(next);

        objects("differs after entry " + (index + 1), () -> watch.applied(next, List.of(), reference));
    }

    @Test
    void objects_to_another_batch_at_an_index() {
        oracle.committed(ONE, termStart(1, 1, 1_000, ONE));
        oracle.committed(TWO, termStart(1, 1, 1_000, ONE));

        objects("another batch at 1", () -> oracle.committed(TWO, termStart(1, 2, 1_000, ONE)));
        objects("another batch at 1", () -> oracle.committed(TWO, termStart(1, 1, 1_001, ONE)));
        objects("another batch at 1", () -> oracle.committed(TWO, termStart(1, 1, 1_000, TWO)));
    }

    @Test
    void objects_to_a_gap() {
        oracle.committed(ONE, termStart(1, 1, 1_000, ONE));

        objects("across the end of the log", () -> oracle.committed(ONE, termStart(3, 1, 1_000, ONE)));
    }

    @Test
    void objects_to_log_time_that_goes_back() {
        oracle.committed(ONE, termStart(1, 1, 1_000, ONE));

        objects("log time goes back", () -> oracle.committed(ONE, termStart(2, 1, 999, ONE)));
    }

    @Test
    void objects_to_a_node_with_another_state() {
        oracle.committed(ONE, termStart(1, 1, 1_000, ONE));
        long digest = oracle.reference().digest();
        oracle.applied(ONE, 1, digest);

        objects("another state than the others", () -> oracle.applied(TWO, 1, digest + 1));
        objects("another state than the others", () -> oracle.applied(TWO, 2, digest));
    }

    @Test
    void objects_to_an_answer_for_what_is_not_committed_or_not_there() {
        oracle.committed(ONE, submit(1));
        var job = JobId.of(1, 0);
        oracle.accepted(List.of(job), 1);
        assertThat(oracle.accepted()).containsExactly(job);

        objects("which nobody has committed", () -> oracle.accepted(List.of(job), 2));
        objects("is not in the ledger", () -> oracle.accepted(List.of(JobId.of(1, 1)), 1));
    }

    @Test
    void objects_to_log_time_that_stands_still_or_crawls() {
        var agenda = new Agenda();
        var clock = new Oracle(agenda, 7).clock();
        clock.written(stamped(2, 1_000_000));
        agenda.in(10_000_000, () -> clock.written(stamped(3, 1_010_000)));
        agenda.next();

        objects("log time goes on by 0 us at 4", () -> clock.written(stamped(4, 1_010_000)));
        agenda.in(10_000_000, () -> clock.written(stamped(5, new LogTime(1_013_000, 1_020_000))));
        objects("log time goes on by 3000 us at 5 while 10000 us pass", agenda::next);
    }

    @Test
    void objects_to_elapsed_time_that_jumps() {
        var agenda = new Agenda();
        var clock = new Oracle(agenda, 7).clock();
        clock.written(stamped(2, 1_000_000));
        agenda.in(10_000_000, () -> clock.written(stamped(3, new LogTime(9_000_000, 9_000_000))));

        objects("elapsed time goes on by 8000000 us at 3 while 10000 us pass", agenda::next);
    }

    @Test
    void objects_to_log_time_ahead_of_what_a_majority_of_clocks_has_shown() {
        var agenda = new Agenda();
        var clock = new Oracle(agenda, 7).clock();
        var wrong = new SimClocks(agenda, 0);
        clock.watch(List.of(wrong, new SimClocks(agenda, 0), new SimClocks(agenda, 0)));
        long right = wrong.wallMicros();
        wrong.jump(3_600_000_000L);
        clock.written(stamped(2, right));

        objects("log time is 3600 s ahead at 3", () -> clock.written(stamped(3, wrong.wallMicros())));
    }

    @Test
    void objects_to_an_attempt_that_two_processes_start() {
        oracle.jobs().started("worker-1 in life 1", "job-a", 1);
        oracle.jobs().started("worker-1 in life 1", "job-a", 2);

        objects("has started", () -> oracle.jobs().started("worker-2 in life 1", "job-a", 1));
    }

    @Test
    void says_what_happened_before_and_how_to_see_it_again() {
        oracle.leads(ONE, 1, 3);

        assertThatThrownBy(() -> oracle.leads(TWO, 1, 3))
                .hasMessageContaining("node-1 leads in term 3")
                .hasMessageContaining("make sim SEED=7");
    }

    private static void objects(String what, ThrowingCallable event) {
        assertThatThrownBy(event).isInstanceOf(ViolationException.class).hasMessageContaining(what);
    }

    private static Batch stamped(long index, long micros) {
        return stamped(index, new LogTime(micros, micros));
    }

    private static Batch stamped(long index, LogTime time) {
        return Batch.seal(new Batch.Head(index, 1, 1, BatchKind.COMMANDS, time), Bytes.utf8("x"));
    }

    private static CommittedBatch termStart(long index, long term, long micros, NodeId leader) {
        return new CommittedBatch(
                index, 1, term, new LogTime(micros, micros), new CommittedBatch.Content.TermStart(leader), List.of());
    }

    private static CommittedBatch submit(long index) {
        var command = new JobCommand.Submit(List.of(JobSpec.of("noop", "default", Bytes.EMPTY)));
        var envelope = Envelope.of(command, Asker.CLUSTER);
        var body = Entries.join(List.of(envelope.encode()));
        return new CommittedBatch(
                index, 1, 1, new LogTime(1_000, 1_000), new CommittedBatch.Content.Commands(body), List.of());
    }
}
