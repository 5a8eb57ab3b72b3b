package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.muster.access.Decision;
import io.muster.encoding.Bytes;
import io.muster.encoding.InvariantViolation;
import io.muster.jobs.Capacity;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobCommands;
import io.muster.jobs.JobId;
import io.muster.jobs.JobLimits;
import io.muster.jobs.JobReply;
import io.muster.jobs.JobSpec;
import io.muster.jobs.JobState;
import io.muster.jobs.Labels;
import io.muster.log.CommittedBatch;
import io.muster.log.Envelope;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.values.ValueCommand;
import io.muster.values.ValueReply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Seam: one apply for many ledgers, time first.
final class ClusterStateTest {
    private static final NodeId WORKER = new NodeId("worker-a");

    private final StateLog log = new StateLog();

    @Test
    void every_entry_of_a_batch_is_answered_in_its_order() {
        var replies = log.applyBatch(
                set("x", "1"), StateLog.of(new ValueCommand.Delete("x")), StateLog.of(new ValueCommand.Delete("x")));

        assertThat(replies)
                .containsExactly(new ValueReply.Stored(1), new ValueReply.Deleted(), new ValueReply.NotThere());
        assertThat(log.state.appliedIndex()).isEqualTo(3);
    }

    @Test
    void a_refused_entry_leaves_the_others_of_its_batch_alone() {
        var unreadable = new Envelope(0x0201, 1, "", "", "", Bytes.wrap(new byte[] {9}));

        var replies = log.applyBatch(set("x", "1"), unreadable, set("y", "2"));

        assertThat(replies.get(1)).isInstanceOf(StateReply.Rejected.class);
        assertThat(log.state.values().values()).containsOnlyKeys("x", "y");
    }

    @Test
    void a_submit_of_many_jobs_happens_whole_or_not_at_all() {
        var fits = JobSpec.of("noop", "default", Bytes.EMPTY);
        byte[] whole = new JobCommand.Submit(List.of(fits, fits)).encode().array();
        var cut = Bytes.wrap(Arrays.copyOf(whole, whole.length - 1));

        var reply = log.apply(new Envelope(JobCommands.SUBMIT.number(), 1, "", "", "", cut));

        assertThat(reply).isInstanceOf(StateReply.Rejected.class);
        assertThat(log.state.jobs().counts()).containsEntry(JobState.Kind.QUEUED, 0L);
    }

    @Test
    void a_batch_that_comes_twice_stops_the_node() {
        log.apply(set("x", "1"));
        var again = log.batches.getFirst();

        assertThatThrownBy(() -> log.state.apply(again)).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void a_batch_behind_a_gap_stops_the_node() {
        log.apply(set("x", "1"));
        var ahead = tickAt(3, 1, log.time().plusMicros(1));

        assertThatThrownBy(() -> log.state.apply(ahead)).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void log_time_that_goes_back_stops_the_node() {
        log.lead("node-1");
        LogTime time = log.state.time();
        var earlierDate = new LogTime(time.micros() - 1, time.elapsedMicros() + 1);
        var lessElapsed = new LogTime(time.micros() + 1, time.elapsedMicros() - 1);

        for (LogTime back : List.of(earlierDate, lessElapsed)) {
            assertThatThrownBy(() -> log.state.apply(tickAt(2, log.term, back)))
                    .isInstanceOf(InvariantViolation.class)
                    .hasMessageContaining("log time never goes back");
        }
        log.state.apply(tickAt(2, log.term, time));
        assertThat(log.state.time()).isEqualTo(time);
    }

    @Test
    void a_batch_of_an_earlier_term_stops_the_node() {
        log.lead("node-1");

        assertThatThrownBy(() -> log.state.apply(tickAt(2, log.term - 1, log.state.time())))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("no earlier term");
    }

    @Test
    void time_passes_before_a_command_is_carried_out_whatever_the_command_is() {
        var job = submit(JobSpec.of("noop", "default", Bytes.EMPTY).withDelayMillis(5_000));
        log.micros += 5 * StateLog.SECOND;

        log.apply(set("x", "1"));

        assertThat(state(job)).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void time_passes_for_the_ledgers_in_batches_of_the_engines_own_too() {
        var job = submit(JobSpec.of("noop", "default", Bytes.EMPTY).withDelayMillis(5_000));
        log.micros += 5 * StateLog.SECOND;

        log.engineOwn();

        assertThat(state(job)).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void work_is_given_out_at_the_end_of_the_entry_that_brought_it_or_made_room_for_it() {
        var capacity = Capacity.of(1, Labels.NONE, List.of("noop"));
        var waiting = submit(JobSpec.of("noop", "default", Bytes.EMPTY));
        log.apply(StateLog.of(new JobCommand.JoinWorker(WORKER, 1, capacity)));
        var second = submit(JobSpec.of("noop", "default", Bytes.EMPTY));

        log.apply(StateLog.of(new JobCommand.Cancel(List.of(waiting))));

        assertThat(state(second))
                .isInstanceOfSatisfying(
                        JobState.Claimed.class,
                        claimed -> assertThat(claimed.claim().fence().index()).isEqualTo(log.state.appliedIndex()));
    }

    @Test
    void work_is_given_out_by_an_entry_in_which_nothing_but_time_has_passed() {
        var capacity = Capacity.of(4, Labels.NONE, List.of("noop"));
        var job = JobSpec.of("noop", "default", Bytes.EMPTY).withTimeoutMillis(3_600_000);
        for (int life = 1; life <= JobLimits.PROBATION_AFTER; life++) {
            submit(job);
            log.apply(StateLog.of(new JobCommand.JoinWorker(WORKER, life, capacity)));
            log.apply(StateLog.of(new JobCommand.LoseWorker(WORKER, life, "it fell silent")));
        }
        log.apply(StateLog.of(new JobCommand.JoinWorker(WORKER, JobLimits.PROBATION_AFTER + 1, capacity)));
        submit(job);
        int onProbation = claims();

        log.pass(JobLimits.PROBATION_WINDOW_MICROS);

        assertThat(onProbation).isEqualTo(1);
        assertThat(claims()).isGreaterThan(1);
    }

    private int claims() {
        return log.state.jobs().worker(WORKER).orElseThrow().claims().size();
    }

    @Test
    void something_is_due_at_the_earliest_instant_of_all_and_nothing_where_nothing_waits() {
        assertThat(isDueIn(Long.MAX_VALUE / 2)).isFalse();
        submit(JobSpec.of("noop", "default", Bytes.EMPTY).withDelayMillis(60_000));
        submit(JobSpec.of("noop", "default", Bytes.EMPTY).withDelayMillis(5_000));
        assertThat(isDueIn(5 * StateLog.SECOND - 1)).isFalse();
        assertThat(isDueIn(5 * StateLog.SECOND)).isTrue();

        log.pass(6 * StateLog.SECOND);

        assertThat(isDueIn(53 * StateLog.SECOND)).isFalse();
        assertThat(isDueIn(54 * StateLog.SECOND)).isTrue();
    }

    private boolean isDueIn(long micros) {
        return log.state.isDueAt(log.state.time().plusMicros(micros));
    }

    @Test
    void the_log_says_who_leads_and_in_which_term() {
        assertThat(log.state.leader()).isEmpty();

        log.lead("node-2");

        assertThat(log.state.leader()).contains(new NodeId("node-2"));
        assertThat(log.state.term()).isEqualTo(2);
        assertThat(log.changes).containsExactly(new Change.NewTerm(2, new NodeId("node-2")));
    }

    @Test
    void changes_are_numbered_within_their_entry() {
        var names = new ArrayList<String>();
        var state = new ClusterState((index, number, _, _) -> names.add(index + "." + number));
        log.apply(StateLog.of(new JobCommand.JoinWorker(WORKER, 1, Capacity.of(2, Labels.NONE, List.of("noop")))));
        submit(JobSpec.of("noop", "default", Bytes.EMPTY));

        log.batches.forEach(state::apply);

        assertThat(names).containsExactly("1.0", "2.0", "2.1");
    }

    @Test
    void what_somebody_asked_for_is_on_record_and_what_the_cluster_does_is_not() {
        var report = new JobCommand.ReportWork(WORKER, 1, List.of(), List.of());
        log.apply(StateLog.asked(set("x", "1"), "ops", ""));
        log.apply(set("y", "1"));
        log.apply(StateLog.asked(StateLog.of(report), "worker-key", ""));

        assertThat(log.state.access().decisions())
                .extracting(
                        Decision::index,
                        decision -> decision.act().principal(),
                        decision -> decision.act().action())
                .containsExactly(tuple(1L, "ops", "values.set"));
    }

    private JobId submit(JobSpec spec) {
        var reply = (JobReply.Submitted) log.apply(StateLog.of(new JobCommand.Submit(List.of(spec))));
        return reply.receipts().getFirst().job();
    }

    private JobState state(JobId job) {
        return log.state.jobs().find(job).orElseThrow().state();
    }

    private static Envelope set(String key, String value) {
        return StateLog.of(new ValueCommand.Set(key, Bytes.utf8(value)));
    }

    private static CommittedBatch tickAt(long index, long term, LogTime time) {
        return new CommittedBatch(index, 1, term, time, new CommittedBatch.Content.EngineOwn(), List.of());
    }
}
