package io.muster.coordinator;

import static io.muster.coordinator.OneNode.WORKER;
import static io.muster.coordinator.OneNode.noop;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.jobs.Capacity;
import io.muster.jobs.Checkpoint;
import io.muster.jobs.Delta;
import io.muster.jobs.Inventory;
import io.muster.jobs.JobCommands;
import io.muster.jobs.JobId;
import io.muster.jobs.JobLimits;
import io.muster.jobs.JobSpec;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.jobs.Labels;
import io.muster.jobs.RetryPolicy;
import io.muster.jobs.RunEnding;
import io.muster.jobs.WorkResult;
import io.muster.jobs.WorkerState;
import io.muster.log.Envelope;
import io.muster.log.Leadership;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.state.StateReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the leader makes of a report: what it writes, what it answers, and what it does not listen to.
final class DispatcherTest {
    private final OneNode node = new OneNode();

    @Test
    void an_old_report_is_answered_and_changes_nothing() {
        node.lead();
        node.exchange(report(9, 2, List.of()), new ArrayList<>());
        var answers = new ArrayList<WorkerAnswer>();

        node.exchange(report(8, 5, List.of()), answers);
        node.submit(noop());

        assertThat(answers).hasOnlyElementsOfType(WorkerAnswer.RetryLater.class).hasSize(1);
        assertThat(capacity().slots()).isEqualTo(2);
    }

    @Test
    void a_later_report_replaces_one_that_still_waits() {
        node.lead();
        node.cutOff();
        var first = new ArrayList<WorkerAnswer>();

        node.exchange(report(1, 2, List.of()), first);
        node.exchange(report(2, 2, List.of()), new ArrayList<>());

        assertThat(first).singleElement().isInstanceOf(WorkerAnswer.RetryLater.class);
    }

    @Test
    void a_report_larger_than_a_log_entry_is_written_in_parts_and_taken_whole() {
        node.lead();
        int runs = 100;
        node.exchange(report(1, runs, List.of()), new ArrayList<>());
        var saved = new ArrayList<Checkpoint>();
        var results = new ArrayList<WorkResult>();
        for (int i = 0; i < runs; i++) {
            JobId job = node.submit(noop());
            var content = Bytes.wrap(new byte[JobLimits.MAX_CHECKPOINT_BYTES]);
            saved.add(new Checkpoint(job, 1, content));
            results.add(new WorkResult(job, 1, new RunEnding.Success(content)));
        }
        var answers = new ArrayList<WorkerAnswer>();

        node.exchange(report(2, runs, results, saved), answers);

        assertThat(node.requestFailures).isEmpty();
        assertThat(node.proposedOf(JobCommands.REPORT_WORK)).isBetween(12L, 20L);
        assertThat(node.proposed)
                .allSatisfy(
                        envelope -> assertThat(envelope.body().size()).isLessThanOrEqualTo(JobLimits.MAX_REPORT_BYTES));
        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        WorkerAnswer.Told.class,
                        told -> assertThat(told.delta().acknowledged()).hasSize(runs));
    }

    @Test
    void a_checkpoint_of_a_run_that_the_worker_does_not_hold_is_not_written() {
        node.lead();
        node.exchange(report(1, 2, List.of()), new ArrayList<>());
        JobId job = node.submit(noop());
        var madeUp = new Checkpoint(new JobId(987_654_321), -7, Bytes.utf8("half"));
        var outdated = new Checkpoint(job, 9, Bytes.utf8("half"));
        var inventory = new Inventory(
                WORKER, 1, List.of(new Inventory.Attempt(madeUp.job(), -7), new Inventory.Attempt(job, 9)), List.of());
        var answers = new ArrayList<WorkerAnswer>();

        node.exchange(
                new WorkerReport("worker-key", 2, capacityOf(2), inventory, List.of(), List.of(madeUp, outdated)),
                answers);

        assertThat(node.proposedOf(JobCommands.REPORT_WORK)).isZero();
        assertThat(answers).singleElement().isInstanceOf(WorkerAnswer.Told.class);
    }

    @Test
    void an_exception_over_a_report_fails_that_report_alone() {
        node.lead();
        var answers = new ArrayList<WorkerAnswer>();
        var tooLong = "p".repeat(Envelope.MAX_NAME_BYTES + 1);
        var inventory = new Inventory(WORKER, 1, List.of(), List.of());

        node.exchange(new WorkerReport(tooLong, 1, capacityOf(2), inventory, List.of(), List.of()), answers);

        assertThat(answers).singleElement().isInstanceOf(WorkerAnswer.Failed.class);
        assertThat(node.requestFailures).singleElement().asString().contains("worker-a");
        assertThat(node.exchange(2, List.of(), List.of())).isNotEmpty();
    }

    @Test
    void a_worker_whose_reports_always_fail_is_lost_like_a_silent_one() {
        node.lead();
        node.exchange(report(1, 2, List.of()), new ArrayList<>());
        JobId job = node.submit(noop());
        var result = new WorkResult(job, 1, new RunEnding.Success(Bytes.utf8("{}")));
        var inventory = new Inventory(WORKER, 1, List.of(), List.of(new Inventory.Attempt(job, 1)));

        for (int beat = 2; beat < 6; beat++) {
            var tooLong = "p".repeat(Envelope.MAX_NAME_BYTES + 1);
            node.exchange(
                    new WorkerReport(tooLong, beat, capacityOf(2), inventory, List.of(result), List.of()),
                    new ArrayList<>());
            node.pass(1_000);
        }

        assertThat(node.coordinator.state().jobs().worker(WORKER).orElseThrow().state())
                .isEqualTo(WorkerState.LOST);
    }

    @Test
    void claims_beyond_an_answers_room_come_with_the_next_report() {
        node.lead();
        var payload = Bytes.wrap(new byte[JobLimits.MAX_PAYLOAD_BYTES]);
        var jobs = new ArrayList<JobId>();
        for (int i = 0; i < 10; i++) {
            jobs.add(node.submit(JobSpec.of("noop", "default", payload)));
        }

        var held = new ArrayList<Inventory.Attempt>();
        boolean hasMore = true;
        int reports = 0;
        for (int sequence = 1; hasMore; sequence++) {
            var answers = new ArrayList<WorkerAnswer>();
            var inventory = new Inventory(WORKER, 1, held, List.of());
            node.exchange(
                    new WorkerReport("worker-key", sequence, capacityOf(10), inventory, List.of(), List.of()), answers);
            var told = (WorkerAnswer.Told) answers.getLast();
            var lacking = told.delta().lacking();
            assertThat(lacking.stream()
                            .mapToLong(job -> job.spec().payload().size())
                            .sum())
                    .isBetween(1L, (long) WorkerSession.MAX_CLAIM_BYTES);
            lacking.forEach(job -> held.add(new Inventory.Attempt(job.id(), 1)));
            hasMore = told.hasMore();
            reports++;
        }

        assertThat(held).extracting(Inventory.Attempt::job).containsExactlyElementsOf(jobs);
        assertThat(reports).isEqualTo(4);
    }

    @Test
    void news_beyond_an_answers_room_only_says_that_there_is_more() {
        node.lead();
        var answers = new ArrayList<WorkerAnswer>();
        node.exchange(report(1, 20, List.of()), answers);
        var payload = Bytes.wrap(new byte[JobLimits.MAX_PAYLOAD_BYTES]);

        for (int i = 0; i < 10; i++) {
            node.submit(JobSpec.of("noop", "default", payload));
        }

        assertThat(answers)
                .as("one without news, three with a claim, one that says there is more")
                .hasSize(5);
        assertThat(((WorkerAnswer.Told) answers.getLast()).hasMore()).isTrue();
        assertThat(((WorkerAnswer.Told) answers.getLast()).delta().lacking()).isEmpty();
    }

    @Test
    void a_worker_that_cannot_read_its_answers_is_told_one_claim_at_a_time_and_then_lost() {
        node.lead();
        node.exchange(report(1, 5, List.of()), new ArrayList<>());
        for (int i = 0; i < 5; i++) {
            node.submit(noop());
        }
        var answers = new ArrayList<WorkerAnswer>();
        var inventory = new Inventory(WORKER, 1, List.of(), List.of());

        for (int sequence = 2; sequence < 6; sequence++) {
            node.exchange(
                    new WorkerReport(
                            "worker-key", sequence, capacityOf(5), inventory, List.of(), List.of(), "no such JSON"),
                    answers);
            node.pass(1_000);
        }

        assertThat(((WorkerAnswer.Told) answers.getFirst()).delta().lacking()).hasSize(1);
        assertThat(node.coordinator.state().jobs().worker(WORKER).orElseThrow().state())
                .isEqualTo(WorkerState.LOST);
        assertThat(node.proposed.stream()
                        .filter(envelope -> envelope.kind() == JobCommands.LOSE_WORKER.number())
                        .map(envelope -> envelope.body().text()))
                .singleElement()
                .asString()
                .contains("it cannot read what it is told: no such JSON");
        assertThat(answers.getLast()).as("it may not join again so").isInstanceOf(WorkerAnswer.RetryLater.class);
    }

    @Test
    void an_older_process_that_goes_on_asking_does_not_keep_a_silent_newer_one_present() {
        node.lead();
        node.exchange(1, List.of(), List.of());
        node.exchange(2, List.of(), List.of());

        for (int beat = 0; beat < 4; beat++) {
            assertThat(node.exchange(1, List.of(), List.of())).singleElement().isInstanceOf(WorkerAnswer.Over.class);
            node.pass(1_000);
        }

        assertThat(node.coordinator.state().jobs().worker(WORKER).orElseThrow().state())
                .isEqualTo(WorkerState.LOST);
    }

    @Test
    void an_answered_worker_is_not_told_when_leadership_ends() {
        node.lead();
        var answers = node.exchange(1, List.of(), List.of());

        node.follow(new NodeId("node-2"));

        assertThat(answers).singleElement().isInstanceOf(WorkerAnswer.Told.class);
    }

    @Test
    void a_checkpoint_is_written_once_a_report() {
        node.lead();
        JobId job = node.submit(noop());
        node.exchange(report(1, 2, List.of()), new ArrayList<>());

        node.exchange(report(2, 2, List.of(new Checkpoint(job, 1, Bytes.utf8("half")))), new ArrayList<>());

        assertThat(node.proposedOf(JobCommands.REPORT_WORK)).isEqualTo(1);
        assertThat(node.coordinator.state().jobs().find(job).orElseThrow().state())
                .isInstanceOfSatisfying(
                        JobState.Claimed.class,
                        state -> assertThat(state.claim().checkpoint()).isEqualTo(Bytes.utf8("half")));
    }

    @Test
    void a_changed_capacity_is_written_into_the_ledger() {
        node.lead();
        node.exchange(report(1, 2, List.of()), new ArrayList<>());

        node.exchange(report(2, 7, List.of()), new ArrayList<>());

        assertThat(capacity().slots()).isEqualTo(7);
    }

    @Test
    void news_during_a_report_comes_with_its_answer() {
        node.lead();
        JobId done = node.submit(noop());
        JobId next = node.submit(noop());
        node.exchange(report(1, 1, List.of()), new ArrayList<>());
        var result = new WorkResult(done, 1, new RunEnding.Success(Bytes.utf8("{}")));
        var answers = new ArrayList<WorkerAnswer>();

        node.exchange(report(2, 2, result), answers);

        assertThat(answers).singleElement().isInstanceOfSatisfying(WorkerAnswer.Told.class, told -> {
            assertThat(told.delta().acknowledged())
                    .as("the result, which the log took after the second slot had brought a job")
                    .extracting(Delta.Acknowledged::attempt)
                    .containsExactly(new Inventory.Attempt(done, 1));
            assertThat(told.delta().lacking()).extracting(JobView::id).containsExactly(next);
        });
    }

    @Test
    void each_failure_of_a_proposal_has_its_answer_to_the_worker() {
        node.lead();
        var elsewhere = new Outcome.Hint.Ask(new NodeId("node-2"));

        assertThat(answerTo(new Outcome.NotLeader(elsewhere))).isEqualTo(new WorkerAnswer.NotLeading(elsewhere));
        assertThat(answerTo(new Outcome.Overloaded(70)))
                .isInstanceOfSatisfying(
                        WorkerAnswer.RetryLater.class,
                        unsure -> assertThat(unsure.retryMillis()).isEqualTo(70));
        assertThat(answerTo(new Outcome.Unknown("the leader was lost")))
                .isInstanceOfSatisfying(
                        WorkerAnswer.RetryLater.class,
                        unsure -> assertThat(unsure.reason()).isEqualTo("the leader was lost"));
    }

    @Test
    void a_worker_that_the_ledger_refuses_is_told_to_try_again() {
        node.lead();

        var answer = answerTo(new Outcome.Applied(1, new StateReply.Done()));

        assertThat(answer).isInstanceOf(WorkerAnswer.RetryLater.class);
        assertThat(node.proposedOf(JobCommands.JOIN_WORKER)).isBetween(1L, 5L);
    }

    @Test
    void a_node_leads_only_once_it_has_applied_the_start_of_its_own_term() {
        node.lead();
        var before = node.coordinator.isLeading();

        node.coordinator.leadershipChanged(
                new Leadership(node.term + 1, Optional.of(OneNode.SELF), true, Long.MAX_VALUE), 0);

        assertThat(before).isTrue();
        assertThat(node.coordinator.isLeading()).isFalse();
    }

    @Test
    void a_run_past_its_deadline_is_taken_away_whether_it_is_tried_again_or_not() {
        for (var retry : List.of(RetryPolicy.NEVER, RetryPolicy.DEFAULT)) {
            var late = new OneNode();
            late.lead();
            JobId job = late.submit(noop().withTimeoutMillis(1).withRetry(retry));
            late.exchange(1, List.of(), List.of());
            var held = List.of(new Inventory.Attempt(job, 1));
            var told = late.exchange(1, held, List.of());

            for (int beat = 0; beat < 20 && told.size() < 2; beat++) {
                told = late.exchange(1, held, List.of());
                late.pass(500);
            }

            assertThat(told).as("without being asked for").hasSize(2);
            assertThat(((WorkerAnswer.Told) told.getLast()).delta().drops())
                    .extracting(Delta.Drop::attempt)
                    .containsExactly(held.getFirst());
        }
    }

    @Test
    void closed_history_blocks_are_handed_on_in_order() {
        node.lead();
        node.exchange(1, List.of(), List.of());
        for (int i = 0; i < 2 * JobLimits.MAX_BLOCK_JOBS; i++) {
            JobId job = node.submit(noop());
            node.exchange(1, List.of(), List.of(new WorkResult(job, 1, new RunEnding.Success(Bytes.utf8("{}")))));
        }

        assertThat(node.history).extracting(block -> block.number()).containsExactly(1L, 2L);
    }

    private WorkerAnswer answerTo(Outcome outcome) {
        node.answerProposals(outcome);
        return node.exchange(1, List.of(), List.of()).getFirst();
    }

    private Capacity capacity() {
        return node.coordinator.state().jobs().worker(WORKER).orElseThrow().capacity();
    }

    private static Capacity capacityOf(int slots) {
        return Capacity.of(slots, Labels.NONE, List.of("noop"));
    }

    private static WorkerReport report(long sequence, int slots, List<Checkpoint> checkpoints) {
        return report(sequence, slots, List.of(), checkpoints);
    }

    private static WorkerReport report(long sequence, int slots, WorkResult result) {
        return report(sequence, slots, List.of(result), List.of());
    }

    private static WorkerReport report(
            long sequence, int slots, List<WorkResult> results, List<Checkpoint> checkpoints) {
        var unacknowledged = results.stream()
                .map(result -> new Inventory.Attempt(result.job(), result.attempt()))
                .toList();
        var held = checkpoints.stream()
                .map(checkpoint -> new Inventory.Attempt(checkpoint.job(), checkpoint.attempt()))
                .filter(attempt -> !unacknowledged.contains(attempt))
                .toList();
        return new WorkerReport(
                "worker-key",
                sequence,
                capacityOf(slots),
                new Inventory(WORKER, 1, held, unacknowledged),
                results,
                checkpoints);
    }
}
