package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What follows when a run ends: by its worker's report, by its deadline, or with its worker.
final class RunCompletion {
    private static final String TIMEOUT = "timeout: the run did not end by its deadline";

    private final JobIndexes indexes;
    private final Transitions transitions;

    RunCompletion(JobIndexes indexes, Transitions transitions) {
        this.indexes = indexes;
        this.transitions = transitions;
    }

    List<JobReply.ResultVerdict> report(JobCommand.ReportWork report) {
        for (Checkpoint checkpoint : report.checkpoints()) {
            Job job = indexes.job(checkpoint.job());
            if (job != null && isHeldBy(job, report.worker(), report.incarnation(), checkpoint.attempt())) {
                indexes.jobs.reached(job, checkpoint.content());
            }
        }
        var verdicts = new ArrayList<JobReply.ResultVerdict>(report.results().size());
        for (WorkResult result : report.results()) {
            verdicts.add(report(report.worker(), report.incarnation(), result));
        }
        return verdicts;
    }

    /// What a report of this attempt would be told now: whether it counted before or is too late; null when its run
    /// is still open, so that it would count.
    JobReply.@Nullable ResultVerdict verdict(NodeId worker, long incarnation, JobId id, int attempt) {
        Job job = indexes.job(id);
        if (job != null) {
            if (isHeldBy(job, worker, incarnation, attempt)) {
                return null;
            }
            return job.reportedAttempt() == attempt
                    ? JobReply.ResultVerdict.COUNTED_BEFORE
                    : JobReply.ResultVerdict.TOO_LATE;
        }
        OutcomeRecord outcome = indexes.outcomes.find(id);
        boolean hasFinishedIt =
                outcome != null && outcome.attempt() == attempt && outcome.outcome() == JobState.Kind.SUCCEEDED;
        return hasFinishedIt ? JobReply.ResultVerdict.COUNTED_BEFORE : JobReply.ResultVerdict.TOO_LATE;
    }

    /// Ends a claim whose deadline has passed without a report.
    void expire(Job job) {
        fail(job, TIMEOUT, RunEnding.RetryAdvice.RETRY, JobEvent.Cause.TIMED_OUT);
    }

    /// Ends all claims of a worker that is gone.
    void loseAll(Worker worker, String reason) {
        for (Job job : List.copyOf(worker.claims.values())) {
            lose(job, worker, worker.id + " was lost: " + reason);
        }
    }

    /// Takes back what a worker still held that drained, left, or was replaced while it worked: that it went says
    /// nothing of its jobs.
    void giveBackAll(Worker worker) {
        List.copyOf(worker.claims.values()).forEach(this::giveBack);
    }

    private JobReply.ResultVerdict report(NodeId worker, long incarnation, WorkResult result) {
        JobReply.ResultVerdict known = verdict(worker, incarnation, result.job(), result.attempt());
        Job job = indexes.job(result.job());
        if (known != null || job == null) {
            return known == null ? JobReply.ResultVerdict.TOO_LATE : known;
        }
        job.reported(result.attempt());
        switch (result.ending()) {
            case RunEnding.Success(var content) -> succeed(job, indexes.workers.get(worker), content);
            case RunEnding.Failure(var message, var advice) -> fail(job, message, advice, JobEvent.Cause.FAILED);
            case RunEnding.Released() -> giveBack(job);
        }
        return JobReply.ResultVerdict.COUNTED;
    }

    private void giveBack(Job job) {
        transitions.move(job, new JobState.Queued(indexes.now().micros()), JobEvent.Cause.RELEASED);
    }

    private void succeed(Job job, Worker worker, Bytes result) {
        indexes.workers.succeeded(worker);
        transitions.move(job, new JobState.Succeeded(result), JobEvent.Cause.SUCCEEDED);
    }

    private void fail(Job job, String message, RunEnding.RetryAdvice advice, JobEvent.Cause cause) {
        job.failed(message);
        RetryPolicy retry = job.spec.retry();
        if (advice == RunEnding.RetryAdvice.GIVE_UP) {
            transitions.move(job, new JobState.Dead(JobState.DeathReason.NOT_RETRYABLE, message), cause);
            return;
        }
        if (job.tries().failures() >= retry.maxAttempts()) {
            transitions.move(job, new JobState.Dead(JobState.DeathReason.ATTEMPTS_EXHAUSTED, message), cause);
            return;
        }
        long now = indexes.now().micros();
        long wait = retry.waitMicros(job.id, job.tries().claims(), job.tries().failures());
        JobState next = wait == 0 ? new JobState.Queued(now) : new JobState.Scheduled(now + wait, JobState.Delay.RETRY);
        transitions.move(job, next, cause);
    }

    private void lose(Job job, Worker worker, String message) {
        job.lost(worker.id, message);
        JobState next = job.isLostTooOften()
                ? new JobState.Dead(
                        JobState.DeathReason.LOST_TOO_OFTEN, job.tries().lastError())
                : new JobState.Queued(indexes.now().micros());
        transitions.move(job, next, JobEvent.Cause.LOST);
    }

    private static boolean isHeldBy(Job job, NodeId worker, long incarnation, int attempt) {
        return job.state() instanceof JobState.Claimed(var claim)
                && claim.worker().equals(worker)
                && claim.incarnation() == incarnation
                && claim.attempt() == attempt;
    }
}
