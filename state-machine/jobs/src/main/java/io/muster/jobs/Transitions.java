package io.muster.jobs;

import io.muster.encoding.Digest;
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
        indexes.figures.submitted++;
        indexes.jobs.put(job.id, job);
        indexes.payloadBytes += job.weight();
        if (!job.spec.uniqueKey().isEmpty()) {
            indexes.unique.put(job.spec.uniqueKey(), job);
        }
        enter(job, job.state());
        indexes.place(job);
        events.happened(new JobEvent.Moved(job.view(), JobEvent.Cause.SUBMITTED));
    }

    /// Moves a job on, along an arrow of the diagram.
    void move(Job job, JobState next, JobEvent.Cause cause) {
        if (!job.state().kind().leadsTo(next.kind())) {
            throw new InvariantViolation("no job goes from " + job.state().kind() + " to " + next.kind());
        }
        indexes.figures.moved(job, next, cause, indexes.now);
        leave(job);
        switch (next) {
            case JobState.Dead dead -> {
                job.become(dead);
                enter(job, dead);
                indexes.place(job);
                finish(job, dead, cause);
                evictDeadLetters();
            }
            case JobState.Finished finished -> {
                enter(job, finished);
                forget(job);
                finish(job, finished, cause);
            }
            case JobState.InLedger held -> {
                job.become(held);
                enter(job, held);
                indexes.place(job);
                events.happened(new JobEvent.Moved(job.view(), cause));
            }
        }
    }

    /// Takes a dead letter out of the ledger; the history has it already.
    void drop(Job job) {
        Invariant.check(job.state() instanceof JobState.Dead, "only a dead letter is dropped");
        count(job, job.state(), -1);
        indexes.displace(job);
        forget(job);
    }

    private void leave(Job job) {
        count(job, job.state(), -1);
        indexes.displace(job);
        switch (job.state()) {
            case JobState.Claimed(var claim) ->
                job.lastRun = new LastRun.By(claim.worker(), claim.attempt(), claim.fence(), claim.sinceMicros());
            case JobState.Dead _ -> revive(job);
            case JobState.Waiting _ -> {
                // nothing remains of it
            }
        }
    }

    private void enter(Job job, JobState state) {
        count(job, state, 1);
        note(job, state);
    }

    private void finish(Job job, JobState.Finished state, JobEvent.Cause cause) {
        var finished = new FinishedJob(
                job.id,
                job.spec,
                state,
                job.submittedMicros,
                job.tries(),
                job.lastRun,
                indexes.now.index(),
                indexes.now.micros());
        long block = indexes.history.add(finished);
        indexes.outcomes.add(new OutcomeRecord(
                job.id, state.kind(), job.claims, block, indexes.now.micros(), indexes.now.elapsedMicros()));
        if (!job.spec.uniqueKey().isEmpty()) {
            indexes.unique.remove(job.spec.uniqueKey());
        }
        indexes.lanes.leave(job.lane);
        job.lane.queue().lastUsedMicros = indexes.now.micros();
        events.happened(new JobEvent.Finished(finished, cause));
    }

    private void evictDeadLetters() {
        while (indexes.whole.size() > JobLimits.MAX_DEAD_LETTERS
                || indexes.deadPayloadBytes > JobLimits.MAX_DEAD_PAYLOAD_BYTES) {
            strip(indexes.whole.firstEntry().getValue());
        }
        while (indexes.deadLetters.size() > JobLimits.MAX_LISTED_DEAD_LETTERS) {
            drop(indexes.deadLetters.firstEntry().getValue());
        }
    }

    /// Puts a dead letter without its payload in the place of the whole one: the history has it.
    private void strip(Job job) {
        Job stripped = job.stripped();
        indexes.payloadBytes -= job.weight();
        indexes.deadPayloadBytes -= job.weight();
        indexes.whole.remove(job.id);
        indexes.deadLetters.put(job.id, stripped);
        indexes.jobs.put(job.id, stripped);
    }

    private void revive(Job job) {
        job.lane = indexes.lanes.join(job.lane.key());
        if (!job.spec.uniqueKey().isEmpty()) {
            indexes.unique.put(job.spec.uniqueKey(), job);
        }
    }

    private void forget(Job job) {
        indexes.jobs.remove(job.id);
        indexes.payloadBytes -= job.weight();
    }

    private void count(Job job, JobState state, int change) {
        indexes.tally.add(state.kind(), change);
        job.lane.queue().tally.add(state.kind(), change);
    }

    /// Folds the move into the digest: which job, into which state, and to whom or until when.
    private void note(Job job, JobState state) {
        indexes.digest = new Digest(indexes.digest)
                .add(job.id.value())
                .add(job.claims)
                .add(state.kind().digestNumber)
                .add(detail(state))
                .add(indexes.now.micros())
                .add(indexes.now.elapsedMicros())
                .value();
    }

    private static long detail(JobState state) {
        return switch (state) {
            case JobState.Claimed(var claim) -> claim.worker().value().hashCode();
            case JobState.Waiting waiting -> waiting.dueMicros() == JobState.InLedger.NEVER ? 0 : waiting.dueMicros();
            case JobState.Finished _ -> 0;
        };
    }
}
