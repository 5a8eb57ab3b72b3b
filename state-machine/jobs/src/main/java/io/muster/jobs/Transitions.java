package io.muster.jobs;

import io.muster.encoding.Invariant;
import io.muster.encoding.InvariantViolation;

/// The one place where a job changes its state: what is left is undone, what is entered is done, and the move is told.
final class Transitions {
    private final JobIndexes indexes;
    private final JobEvents events;

    Transitions(JobIndexes indexes, JobEvents events) {
        this.indexes = indexes;
        this.events = events;
    }

    /// Takes in a new job in its first state.
    void admit(Job job) {
        indexes.metrics.submitted++;
        indexes.jobs.put(job);
        indexes.uniqueKeys.take(job);
        stay(job, JobEvent.Cause.SUBMITTED);
    }

    /// Moves a job on, along an arrow of the diagram.
    void move(Job job, JobState next, JobEvent.Cause cause) {
        if (!job.state().kind().leadsTo(next.kind())) {
            throw new InvariantViolation("no job goes from " + job.state().kind() + " to " + next.kind());
        }
        indexes.metrics.moved(job, next, cause, indexes.now());
        leave(job);
        switch (next) {
            case JobState.Dead dead -> {
                note(job, dead);
                job.become(dead);
                indexes.place(job);
                finish(job, dead, cause);
                evictDeadLetters();
            }
            case JobState.Finished finished -> {
                note(job, finished);
                indexes.jobs.remove(job);
                finish(job, finished, cause);
            }
            case JobState.InLedger held -> {
                job.become(held);
                stay(job, cause);
            }
        }
    }

    /// Takes a dead letter out of the ledger; the history has it already.
    void drop(Job job) {
        Invariant.check(job.state() instanceof JobState.Dead, "only a dead letter is dropped");
        count(job, job.state(), -1);
        indexes.displace(job);
        indexes.jobs.remove(job);
    }

    private void leave(Job job) {
        count(job, job.state(), -1);
        indexes.displace(job);
        switch (job.state()) {
            case JobState.Claimed(var claim) -> job.ran(claim);
            case JobState.Dead _ -> {
                job.rejoin(indexes.lanes.join(job.lane().key()));
                indexes.uniqueKeys.take(job);
            }
            case JobState.Unclaimed _ -> {
                // nothing remains of it
            }
        }
    }

    private void stay(Job job, JobEvent.Cause cause) {
        note(job, job.state());
        indexes.place(job);
        events.happened(new JobEvent.Moved(job.view(), cause));
    }

    private void finish(Job job, JobState.Finished state, JobEvent.Cause cause) {
        long micros = indexes.now().micros();
        var finished = new FinishedJob(
                job.id,
                job.spec,
                state,
                job.submittedMicros,
                job.tries(),
                job.lastRun(),
                indexes.now().index(),
                micros);
        long block = indexes.history.add(finished);
        indexes.outcomes.add(new OutcomeRecord(
                job.id,
                state.kind(),
                job.tries().claims(),
                block,
                micros,
                indexes.now().elapsedMicros()));
        indexes.uniqueKeys.giveBack(job);
        indexes.lanes.leave(job.lane());
        job.lane().queue().lastUsedMicros = micros;
        events.happened(new JobEvent.Finished(finished, cause));
    }

    private void evictDeadLetters() {
        while (indexes.retryable.size() > JobLimits.MAX_DEAD_LETTERS
                || indexes.retryable.bytes() > JobLimits.MAX_DEAD_PAYLOAD_BYTES) {
            strip(indexes.retryable.first());
        }
        while (indexes.deadLetters.size() > JobLimits.MAX_LISTED_DEAD_LETTERS) {
            drop(indexes.deadLetters.firstEntry().getValue());
        }
    }

    /// Puts a dead letter without its payload in the place of the whole one: the history has it.
    private void strip(Job job) {
        Job stripped = job.stripped();
        indexes.displace(job);
        indexes.place(stripped);
        indexes.jobs.put(stripped);
    }

    /// Counts that the job enters `state`, and folds the move into the digest.
    private void note(Job job, JobState state) {
        count(job, state, 1);
        indexes.digest.add(job, state, indexes.now());
    }

    private void count(Job job, JobState state, int change) {
        indexes.counts.add(state.kind(), change);
        job.lane().queue().counts.add(state.kind(), change);
    }
}
