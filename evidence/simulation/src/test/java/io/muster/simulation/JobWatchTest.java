package io.muster.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.jobs.Claim;
import io.muster.jobs.FinishedJob;
import io.muster.jobs.JobEvent;
import io.muster.jobs.JobEvent.Cause;
import io.muster.jobs.JobId;
import io.muster.jobs.JobSpec;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.jobs.LastRun;
import io.muster.log.FencingToken;
import io.muster.log.NodeId;
import io.muster.state.Change;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// The watch over the ledger is shown every course that no job may take, and must object to each.
final class JobWatchTest {
    private static final NodeId WORKER = new NodeId("worker-1");
    private static final JobId JOB = JobId.of(1, 0);
    private static final JobSpec SPEC = JobSpec.of("noop", "default", Bytes.EMPTY);
    private static final JobView.Tries TRIES = new JobView.Tries(0, 0, 0, "");
    private static final JobState.InLedger QUEUED = new JobState.Queued(0);
    private static final JobState.Dead DEAD = new JobState.Dead(JobState.DeathReason.ATTEMPTS_EXHAUSTED, "failed");

    private final JobWatch watch = new Oracle(new Agenda(), 7).jobs();

    @Test
    void follows_a_job_that_is_lost_fails_dies_is_retried_and_succeeds() {
        submitted();
        claimed(1);
        moved(QUEUED, Cause.LOST);
        claimed(2);
        moved(new JobState.Scheduled(1_000, JobState.Delay.RETRY), Cause.FAILED);
        moved(QUEUED, Cause.DUE);
        claimed(3);
        finished(DEAD, Cause.FAILED, 3);
        assertThat(watch.isFinished(JOB)).isTrue();

        moved(QUEUED, Cause.RETRIED);
        assertThat(watch.isFinished(JOB)).isFalse();
        claimed(4);
        succeeded(4, 4);

        assertThat(watch.isFinished(JOB)).isTrue();
        assertThat(watch.counted()).as("results").isEqualTo(1);
    }

    @Test
    void knows_only_what_was_submitted() {
        submitted();

        assertThat(watch.isKnown(JOB)).isTrue();
        assertThat(watch.isFinished(JOB)).isFalse();
        assertThat(watch.isKnown(JobId.of(1, 1))).isFalse();
        assertThat(watch.isFinished(JobId.of(1, 1))).isFalse();
    }

    @Test
    void objects_to_a_second_submission() {
        submitted();

        objects("is submitted twice", this::submitted);
    }

    @Test
    void objects_to_a_finished_job_that_moves_on_unless_somebody_retries_it() {
        submitted();
        finished(new JobState.Cancelled(), Cause.CANCELLED, 0);

        objects("has finished and moves on by CLAIMED", () -> claimed(1));
        objects("has finished and moves on by DUE", () -> moved(QUEUED, Cause.DUE));
    }

    @Test
    void objects_to_a_claim_while_another_is_open() {
        submitted();
        claimed(1);

        objects("is claimed as attempt 2 after 1 with 1 open", () -> claimed(2));
    }

    @Test
    void objects_to_a_claim_that_repeats_or_skips_an_attempt() {
        submitted();
        claimed(1);
        moved(QUEUED, Cause.LOST);

        objects("is claimed as attempt 1 after 1", () -> claimed(1));
        objects("is claimed as attempt 3 after 1", () -> claimed(3));
    }

    @Test
    void objects_to_a_claim_that_counts_from_one_again_after_a_retry_by_hand() {
        submitted();
        claimed(1);
        finished(DEAD, Cause.FAILED, 1);
        moved(QUEUED, Cause.RETRIED);

        objects("is claimed as attempt 1 after 1", () -> claimed(1));
    }

    @Test
    void objects_to_an_end_state_without_an_end() {
        submitted();

        objects("in an end state", () -> moved(DEAD, Cause.FAILED));
    }

    @Test
    void objects_to_the_end_of_a_job_that_nobody_submitted() {
        objects("finishes unsubmitted", () -> finished(DEAD, Cause.FAILED, 0));
    }

    @Test
    void objects_to_a_second_end() {
        submitted();
        claimed(1);
        succeeded(1, 1);

        objects("finishes twice", () -> succeeded(1, 1));
        objects("finishes twice", () -> finished(new JobState.Cancelled(), Cause.CANCELLED, 0));
        assertThat(watch.counted()).as("results").isEqualTo(1);
    }

    @Test
    void objects_to_a_success_while_nobody_holds_the_job() {
        submitted();
        claimed(1);
        moved(QUEUED, Cause.LOST);

        objects("another attempt than the claimed one (0)", () -> succeeded(1, 1));
        objects("another attempt than the claimed one (0)", () -> succeeded(0, 0));
    }

    @Test
    void objects_to_a_success_of_an_earlier_attempt_whatever_it_carries() {
        submitted();
        claimed(1);
        watch.enter(SPEC.timeoutMillis() * 1_000_000);
        moved(QUEUED, Cause.TIMED_OUT);
        claimed(2);

        objects("another attempt than the claimed one (2)", () -> succeeded(1, 1));
        objects("another attempt than the claimed one (2)", () -> succeeded(1, 2));
        objects("another attempt than the claimed one (2)", () -> succeeded(2, 1));
    }

    @Test
    void objects_to_a_success_that_nobody_ran() {
        submitted();
        claimed(1);
        var result = new JobState.Succeeded(SimWorker.resultOf(JOB.toString(), 1));

        objects("another attempt than the claimed one (1)", () -> finished(result, new LastRun.None()));
    }

    @Test
    void objects_to_an_attempt_that_two_processes_start() {
        watch.started("worker-1 in life 1", JOB.toString(), 1);
        watch.started("worker-2 in life 1", JOB.toString(), 2);

        objects("worker-1 in life 1 has started", () -> watch.started("worker-1 in life 2", JOB.toString(), 1));
    }

    @Test
    void objects_to_a_fence_that_is_not_above_every_fence_before_it() {
        submitted();
        claimedUnder(new FencingToken(2, 5, 1), 1);
        moved(QUEUED, Cause.LOST);

        objects("after 0000000000000002-", () -> claimedUnder(new FencingToken(2, 5, 1), 2));
    }

    @Test
    void objects_to_more_jobs_than_a_worker_has_slots() {
        watch.offers(WORKER, 1);
        submitted();
        claimed(1);
        assertThat(watch.anyHeld()).contains(new JobWatch.Held(JOB, WORKER, 1));
        var claim = new Claim(WORKER, 1, 1, new FencingToken(1, 2, 0), 0, 1_000, Bytes.EMPTY);
        var another = new JobView(JobId.of(2, 0), SPEC, new JobState.Claimed(claim), 0, TRIES, new LastRun.None());

        objects("has 1 slots", () -> see(new JobEvent.Moved(another, Cause.CLAIMED)));
    }

    @Test
    void a_slot_is_free_again_when_its_job_is_over() {
        watch.offers(WORKER, 1);
        submitted();
        claimed(1);
        moved(QUEUED, Cause.RELEASED);
        claimed(2);
        succeeded(2, 2);

        assertThat(watch.anyHeld()).isEmpty();
    }

    @Test
    void objects_to_a_run_that_is_timed_out_before_it_had_its_time() {
        submitted();
        claimed(1);
        watch.enter((SPEC.timeoutMillis() - 1_000) * 1_000_000);

        objects("is timed out after 299000 ms of 300000 ms", () -> moved(QUEUED, Cause.TIMED_OUT));
    }

    private void submitted() {
        moved(QUEUED, Cause.SUBMITTED);
    }

    private void claimed(int attempt) {
        claimedUnder(new FencingToken(1, attempt, 0), attempt);
    }

    private void claimedUnder(FencingToken fence, int attempt) {
        var claim = new Claim(WORKER, 1, attempt, fence, 0, 1_000, Bytes.EMPTY);
        moved(new JobState.Claimed(claim), Cause.CLAIMED);
    }

    /// The run numbered `attempt` succeeds by what the run numbered `resultOf` produced.
    private void succeeded(int attempt, int resultOf) {
        var result = SimWorker.resultOf(JOB.toString(), resultOf);
        finished(new JobState.Succeeded(result), Cause.SUCCEEDED, attempt);
    }

    private void finished(JobState.Finished state, Cause cause, int attempt) {
        see(new JobEvent.Finished(
                end(state, new LastRun.By(WORKER, attempt, new FencingToken(1, attempt, 0), 0)), cause));
    }

    private void finished(JobState.Succeeded state, LastRun run) {
        see(new JobEvent.Finished(end(state, run), Cause.SUCCEEDED));
    }

    private static FinishedJob end(JobState.Finished state, LastRun run) {
        return new FinishedJob(JOB, SPEC, state, 0, TRIES, run, 1, 0);
    }

    private void moved(JobState.InLedger state, Cause cause) {
        see(new JobEvent.Moved(new JobView(JOB, SPEC, state, 0, TRIES, new LastRun.None()), cause));
    }

    private void see(JobEvent event) {
        watch.changed(1, 0, 0, new Change.InJobs(event));
    }

    private static void objects(String what, ThrowingCallable event) {
        assertThatThrownBy(event).isInstanceOf(ViolationException.class).hasMessageContaining(what);
    }
}
