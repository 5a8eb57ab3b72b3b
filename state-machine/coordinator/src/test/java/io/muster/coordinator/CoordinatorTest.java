package io.muster.coordinator;

import static io.muster.coordinator.OneNode.WORKER;
import static io.muster.coordinator.OneNode.noop;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.jobs.Capacity;
import io.muster.jobs.Delta;
import io.muster.jobs.Inventory;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobId;
import io.muster.jobs.JobReply;
import io.muster.jobs.JobState;
import io.muster.jobs.Labels;
import io.muster.jobs.RunEnding;
import io.muster.jobs.WorkResult;
import io.muster.jobs.WorkerState;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CoordinatorTest {
    private static final long FIRST = 11;
    private static final long SECOND = 22;

    private final OneNode node = new OneNode();

    @Test
    void a_worker_that_speaks_for_the_first_time_joins_and_is_given_what_waits() {
        node.lead();
        JobId job = node.submit(noop());

        var told = told(node.exchange(FIRST, List.of(), List.of()));

        assertThat(told.delta().lacking()).extracting(view -> view.id()).containsExactly(job);
        assertThat(told.leaseMillis()).isEqualTo(3_000);
    }

    @Test
    void a_job_submitted_later_is_pushed_to_its_worker_once() {
        node.lead();
        var answers = node.exchange(FIRST, List.of(), List.of());
        assertThat(told(answers).delta().lacking()).isEmpty();

        JobId job = node.submit(noop());
        node.submit(noop());

        assertThat(answers).hasSize(3);
        assertThat(lacking(answers.get(1))).containsExactly(job);
        assertThat(lacking(answers.get(2))).hasSize(1).doesNotContain(job);
    }

    @Test
    void a_result_counts_once_and_its_repetition_is_acknowledged_again() {
        node.lead();
        JobId job = node.submit(noop());
        node.exchange(FIRST, List.of(), List.of());

        var first = told(node.exchange(FIRST, List.of(), List.of(success(job))));
        var again = told(node.exchange(FIRST, List.of(), List.of(success(job))));

        assertThat(verdicts(first)).containsExactly(JobReply.ResultVerdict.COUNTED_BEFORE);
        assertThat(verdicts(again)).containsExactly(JobReply.ResultVerdict.COUNTED_BEFORE);
        assertThat(node.coordinator.state().jobs().counts()).containsEntry(JobState.Kind.SUCCEEDED, 1L);
    }

    @Test
    void a_lost_worker_is_told_to_drop_its_runs_and_its_late_result_does_not_count() {
        node.lead();
        JobId job = node.submit(noop());
        node.exchange(FIRST, List.of(), List.of());
        node.pass(3_100);
        assertThat(workerState()).isEqualTo(WorkerState.LOST);

        var late = told(node.exchange(FIRST, List.of(), List.of(success(job))));

        assertThat(verdicts(late)).containsExactly(JobReply.ResultVerdict.TOO_LATE);
        assertThat(node.coordinator.state().jobs().metrics().refusedResults()).isEqualTo(1);
        assertThat(lacking(late)).as("the job runs again, as attempt 2").containsExactly(job);
        assertThat(node.coordinator.state().jobs().counts()).containsEntry(JobState.Kind.SUCCEEDED, 0L);
    }

    @Test
    void a_closed_channel_suspends_at_once_and_loses_after_a_beat_and_a_half() {
        node.lead();
        node.submit(noop());
        node.exchange(FIRST, List.of(), List.of());

        node.coordinator.channelClosed(WORKER, FIRST, node.nowNanos);
        node.settle();
        var atOnce = workerState();
        node.pass(1_400);
        var before = workerState();
        node.pass(200);

        assertThat(atOnce).isEqualTo(WorkerState.SUSPENDED);
        assertThat(before).isEqualTo(WorkerState.SUSPENDED);
        assertThat(workerState()).isEqualTo(WorkerState.LOST);
    }

    @Test
    void a_worker_that_holds_nothing_has_three_beats_to_come_back() {
        node.lead();
        node.exchange(FIRST, List.of(), List.of());

        node.coordinator.channelClosed(WORKER, FIRST, node.nowNanos);
        node.pass(2_900);
        var before = workerState();
        node.pass(200);

        assertThat(before).isEqualTo(WorkerState.SUSPENDED);
        assertThat(workerState()).isEqualTo(WorkerState.LOST);
    }

    @Test
    void a_drained_worker_that_closes_its_channel_has_left_at_once() {
        node.lead();
        node.exchange(FIRST, List.of(), List.of());
        node.command(new JobCommand.ChangeWorker(
                WORKER, FIRST, Capacity.of(2, Labels.NONE, List.of("noop")).draining()));

        node.coordinator.channelClosed(WORKER, FIRST, node.nowNanos);
        node.settle();

        assertThat(workerState()).isEqualTo(WorkerState.LEFT);
    }

    @Test
    void a_process_that_was_replaced_does_not_keep_its_silent_successor_present() {
        node.lead();
        node.exchange(FIRST, List.of(), List.of());
        node.exchange(SECOND, List.of(), List.of());

        for (int i = 0; i < 7; i++) {
            node.pass(500);
            node.exchange(FIRST, List.of(), List.of());
        }

        assertThat(workerState()).isEqualTo(WorkerState.LOST);
    }

    @Test
    void an_old_message_is_answered_and_does_not_keep_its_worker_present() {
        node.lead();
        var report = new WorkerReport(
                "worker-key",
                100,
                Capacity.of(2, Labels.NONE, List.of("noop")),
                new Inventory(WORKER, FIRST, List.of(), List.of()),
                List.of(),
                List.of());
        node.exchange(report, new ArrayList<>());
        var again = new ArrayList<WorkerAnswer>();
        for (int i = 0; i < 7; i++) {
            node.pass(500);
            node.exchange(report, again);
        }

        assertThat(again.getFirst())
                .isInstanceOfSatisfying(
                        WorkerAnswer.RetryLater.class,
                        unsure -> assertThat(unsure.reason()).contains("the sequence must rise"));
        assertThat(workerState()).isEqualTo(WorkerState.LOST);
    }

    @Test
    void two_processes_of_one_name_do_not_end_each_other_in_turns() {
        node.lead();
        JobId job = node.submit(noop());
        node.exchange(FIRST, List.of(), List.of());
        node.exchange(SECOND, List.of(), List.of());
        var told = new ArrayList<WorkerAnswer>();

        for (long restarted = 3; restarted < 9; restarted++) {
            told.addAll(node.exchange(restarted, List.of(), List.of()));
            node.pass(100);
            node.exchange(SECOND, List.of(new Inventory.Attempt(job, 2)), List.of());
            node.pass(500);
            told.addAll(node.exchange(restarted, List.of(), List.of()));
        }

        var last = told.getLast();
        assertThat(told).filteredOn(WorkerAnswer.Over.class::isInstance).hasSize(6);
        assertThat(last)
                .isInstanceOfSatisfying(
                        WorkerAnswer.Over.class,
                        over -> assertThat(over.reason()).contains("another process works under the name worker-a"));
        var view = node.coordinator.state().jobs().find(job).orElseThrow();
        assertThat(view.tries().claims())
                .as("given once to each of the first two")
                .isEqualTo(2);
        assertThat(view.tries().losses()).isZero();
    }

    @Test
    void a_process_gets_its_name_once_a_silent_rival_counts_as_lost() {
        node.lead();
        node.exchange(FIRST, List.of(), List.of());
        node.exchange(SECOND, List.of(), List.of());
        var told = new ArrayList<WorkerAnswer>();

        for (int i = 0; i < 8; i++) {
            told.addAll(node.exchange(3, List.of(), List.of()));
            node.pass(500);
        }

        assertThat(told.getFirst()).isInstanceOf(WorkerAnswer.RetryLater.class);
        assertThat(told.getLast()).isInstanceOf(WorkerAnswer.Told.class);
        assertThat(node.coordinator.state().jobs().worker(WORKER).orElseThrow().incarnation())
                .isEqualTo(3);
    }

    @Test
    void a_worker_that_comes_back_in_time_keeps_what_it_holds() {
        node.lead();
        JobId job = node.submit(noop());
        node.exchange(FIRST, List.of(), List.of());
        node.coordinator.channelClosed(WORKER, FIRST, node.nowNanos);
        node.pass(500);

        var back = told(node.exchange(FIRST, List.of(new Inventory.Attempt(job, 1)), List.of()));

        assertThat(back.delta().drops()).isEmpty();
        assertThat(back.delta().lacking()).isEmpty();
        assertThat(workerState()).isEqualTo(WorkerState.ACTIVE);
    }

    @Test
    void the_channel_of_a_process_that_was_replaced_may_close_late_and_changes_nothing() {
        node.lead();
        node.exchange(FIRST, List.of(), List.of());
        node.exchange(SECOND, List.of(), List.of());

        node.coordinator.channelClosed(WORKER, FIRST, node.nowNanos);
        node.settle();
        var after = workerState();
        JobId job = node.submit(noop());

        assertThat(after).isEqualTo(WorkerState.ACTIVE);
        assertThat(node.coordinator.state().jobs().worker(WORKER).orElseThrow().claims())
                .containsExactly(job);
    }

    @Test
    void a_new_leader_goes_by_the_ledger_until_a_worker_reports() {
        node.lead();
        node.exchange(FIRST, List.of(), List.of());
        node.exchange(SECOND, List.of(), List.of());
        node.follow(new NodeId("node-2"));
        node.lead();

        node.coordinator.channelClosed(WORKER, FIRST, node.nowNanos);
        node.settle();
        var afterTheOld = workerState();
        node.coordinator.channelClosed(WORKER, SECOND, node.nowNanos);
        node.settle();

        assertThat(afterTheOld).isEqualTo(WorkerState.ACTIVE);
        assertThat(workerState()).isEqualTo(WorkerState.SUSPENDED);
    }

    @Test
    void a_worker_that_reports_is_never_lost_and_writes_nothing() {
        node.lead();
        node.exchange(FIRST, List.of(), List.of());
        int written = node.proposed.size();

        for (int beat = 0; beat < 20; beat++) {
            node.pass(1_000);
            node.exchange(FIRST, List.of(), List.of());
        }

        assertThat(workerState()).isEqualTo(WorkerState.ACTIVE);
        assertThat(node.proposed).hasSize(written);
    }

    @Test
    void a_coordinator_that_was_delayed_does_not_count_its_workers_as_silent() {
        node.lead();
        node.exchange(FIRST, List.of(), List.of());
        node.pass(1_000);
        node.nowNanos += 60_000_000_000L;

        node.wake();
        var atOnce = workerState();
        node.pass(1_800);
        var before = workerState();
        node.pass(300);

        assertThat(atOnce).isEqualTo(WorkerState.ACTIVE);
        assertThat(before).isEqualTo(WorkerState.ACTIVE);
        assertThat(workerState()).isEqualTo(WorkerState.LOST);
    }

    @Test
    void a_new_leader_grants_every_worker_one_full_hold() {
        node.lead();
        node.exchange(FIRST, List.of(), List.of());
        node.pass(2_900);

        node.lead();
        node.pass(2_900);

        assertThat(workerState()).isEqualTo(WorkerState.ACTIVE);
        node.pass(200);
        assertThat(workerState()).isEqualTo(WorkerState.LOST);
    }

    @Test
    void a_new_process_of_the_same_name_replaces_the_older_one() {
        node.lead();
        JobId job = node.submit(noop());
        node.exchange(FIRST, List.of(), List.of());

        var second = told(node.exchange(SECOND, List.of(), List.of()));
        var first = node.exchange(FIRST, List.of(new Inventory.Attempt(job, 1)), List.of());

        assertThat(lacking(second)).containsExactly(job);
        assertThat(first.getFirst())
                .isInstanceOfSatisfying(
                        WorkerAnswer.Over.class,
                        over -> assertThat(over.reason())
                                .contains("another process joined", "worker-a", "a name of its own"));
    }

    @Test
    void a_cancelled_job_is_told_to_the_worker_that_runs_it() {
        node.lead();
        JobId job = node.submit(noop());
        node.exchange(FIRST, List.of(), List.of());
        var answers = node.exchange(FIRST, List.of(new Inventory.Attempt(job, 1)), List.of());

        node.command(new JobCommand.Cancel(List.of(job)));

        var told = (WorkerAnswer.Told) answers.getLast();
        assertThat(told.delta().drops())
                .containsExactly(new Delta.Drop(new Inventory.Attempt(job, 1), Delta.Reason.CANCELLED));
    }

    @Test
    void a_node_that_does_not_lead_says_who_does() {
        node.follow(new NodeId("node-2"));

        assertThat(node.exchange(FIRST, List.of(), List.of()))
                .containsExactly(new WorkerAnswer.NotLeading(new Outcome.Hint.Ask(new NodeId("node-2"))));
    }

    @Test
    void a_waiting_worker_is_told_when_leadership_ends() {
        node.lead();
        node.cutOff();
        var answers = node.exchange(FIRST, List.of(), List.of());
        assertThat(answers).isEmpty();

        node.follow(new NodeId("node-2"));

        assertThat(answers).containsExactly(new WorkerAnswer.NotLeading(new Outcome.Hint.Ask(new NodeId("node-2"))));
    }

    @Test
    void an_idle_leader_lets_time_pass_when_a_retry_falls_due() {
        node.lead();
        JobId job = node.submit(noop().withDelayMillis(5_000));
        node.exchange(FIRST, List.of(), List.of());

        for (int beat = 0; beat < 5; beat++) {
            node.pass(1_000);
            node.exchange(FIRST, List.of(), List.of());
        }
        node.pass(200);

        assertThat(node.coordinator.state().jobs().find(job).orElseThrow().state())
                .isInstanceOf(JobState.Claimed.class);
    }

    private WorkerState workerState() {
        return node.coordinator.state().jobs().worker(WORKER).orElseThrow().state();
    }

    private static WorkResult success(JobId job) {
        return new WorkResult(job, 1, new RunEnding.Success(Bytes.utf8("{}")));
    }

    private static WorkerAnswer.Told told(List<WorkerAnswer> answers) {
        return (WorkerAnswer.Told) answers.getFirst();
    }

    private static List<JobId> lacking(WorkerAnswer answer) {
        return ((WorkerAnswer.Told) answer)
                .delta().lacking().stream().map(view -> view.id()).toList();
    }

    private static List<JobReply.ResultVerdict> verdicts(WorkerAnswer.Told told) {
        return told.delta().acknowledged().stream()
                .map(Delta.Acknowledged::verdict)
                .toList();
    }
}
