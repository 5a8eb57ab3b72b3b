package io.muster.jobs;

import io.muster.encoding.Digest;
import io.muster.encoding.Invariant;

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
        enter(job, JobEvent.Cause.SUBMITTED);
    }

    /// Moves a job on.
    void move(Job job, JobState next, JobEvent.Cause cause) {
        indexes.figures.moved(job, next, cause, indexes.now);
        leave(job, next);
        job.become(next);
        enter(job, cause);
    }

    /// Takes a dead letter out of the ledger; the history has it already.
    void drop(Job job) {
        Invariant.check(job.state() instanceof JobState.Dead, "only a dead letter is dropped");
        count(job, -1);
        forgetDeath(job);
        forget(job);
    }

    private void leave(Job job, JobState next) {
        count(job, -1);
        switch (job.state()) {
            case JobState.Scheduled _ -> {
                indexes.timers.remove(job);
                indexes.scheduled.remove(job.id);
            }
            case JobState.Queued _ -> indexes.lanes.strike(job);
            case JobState.Claimed(var claim) -> endClaim(job, claim);
            case JobState.Dead _ -> {
                forgetDeath(job);
                revive(job);
            }
            case JobState.Succeeded _, JobState.Cancelled _ ->
                throw new IllegalStateException(job.id + " has finished and cannot become " + next.kind());
        }
    }

    private void enter(Job job, JobEvent.Cause cause) {
        count(job, 1);
        note(job);
        switch (job.state()) {
            case JobState.Scheduled _ -> {
                indexes.timers.add(job);
                indexes.scheduled.put(job.id, job);
            }
            case JobState.Queued _ -> indexes.lanes.enlist(job);
            case JobState.Claimed(var claim) -> beginClaim(job, claim);
            case JobState.Succeeded _, JobState.Dead _, JobState.Cancelled _ -> {
                finish(job, cause);
                return;
            }
        }
        events.happened(new JobEvent.Moved(job.view(), cause));
    }

    private void beginClaim(Job job, Claim claim) {
        Worker worker = indexes.workers.get(claim.worker());
        Invariant.check(worker.isTaking(), "a claim is given to a worker that takes work");
        indexes.workers.claim(worker, job);
        indexes.lanes.started(job.spec.concurrency());
        indexes.timers.add(job);
    }

    private void endClaim(Job job, Claim claim) {
        indexes.timers.remove(job);
        indexes.lanes.ended(job.spec.concurrency());
        indexes.workers.release(indexes.workers.get(claim.worker()), job);
        job.lastRun = new LastRun.By(claim.worker(), claim.attempt(), claim.fence(), claim.sinceMicros());
    }

    private void finish(Job job, JobEvent.Cause cause) {
        var finished = new FinishedJob(
                job.id,
                job.spec,
                job.state(),
                job.submittedMicros,
                job.tries(),
                job.lastRun,
                indexes.now.index(),
                indexes.now.micros());
        long block = indexes.history.add(finished);
        indexes.outcomes.add(new OutcomeRecord(
                job.id, job.state().kind(), job.claims, block, indexes.now.micros(), indexes.now.elapsedMicros()));
        if (!job.spec.uniqueKey().isEmpty()) {
            indexes.unique.remove(job.spec.uniqueKey());
        }
        indexes.lanes.leave(job.lane);
        job.lane.queue().lastUsedMicros = indexes.now.micros();
        if (job.state() instanceof JobState.Dead) {
            indexes.deadLetters.put(job.id, job);
            indexes.whole.put(job.id, job);
            indexes.deadPayloadBytes += job.weight();
        } else {
            forget(job);
        }
        events.happened(new JobEvent.Finished(finished, cause));
        evictDeadLetters();
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

    private void forgetDeath(Job job) {
        indexes.deadLetters.remove(job.id);
        indexes.whole.remove(job.id);
        indexes.deadPayloadBytes -= job.weight();
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

    private void count(Job job, int change) {
        JobState.Kind kind = job.state().kind();
        indexes.tally.add(kind, change);
        job.lane.queue().tally.add(kind, change);
    }

    /// Folds the move into the digest: which job, into which state, and to whom or until when.
    private void note(Job job) {
        indexes.digest = new Digest(indexes.digest)
                .add(job.id.value())
                .add(job.claims)
                .add(code(job.state()))
                .add(detail(job.state()))
                .add(indexes.now.micros())
                .add(indexes.now.elapsedMicros())
                .value();
    }

    private static long detail(JobState state) {
        return switch (state) {
            case JobState.Scheduled(var untilMicros, var _) -> untilMicros;
            case JobState.Claimed(var claim) -> claim.worker().value().hashCode();
            case JobState.Queued _, JobState.Succeeded _, JobState.Dead _, JobState.Cancelled _ -> 0;
        };
    }

    private static int code(JobState state) {
        return switch (state) {
            case JobState.Scheduled _ -> 1;
            case JobState.Queued _ -> 2;
            case JobState.Claimed _ -> 3;
            case JobState.Succeeded _ -> 4;
            case JobState.Dead _ -> 5;
            case JobState.Cancelled _ -> 6;
        };
    }
}
