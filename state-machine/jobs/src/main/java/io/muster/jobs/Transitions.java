package io.muster.jobs;

import io.muster.encoding.Digest;
import io.muster.encoding.Invariant;

/// The one place where a job changes its state: what is left is undone, what is entered is done, and the move is told.
final class Transitions {
    private final Books books;
    private final JobEvents events;

    Transitions(Books books, JobEvents events) {
        this.books = books;
        this.events = events;
    }

    /// Takes in a new job in its first state.
    void admit(Job job) {
        books.figures.submitted++;
        books.jobs.put(job.id, job);
        books.payloadBytes += job.weight();
        if (!job.spec.uniqueKey().isEmpty()) {
            books.unique.put(job.spec.uniqueKey(), job);
        }
        enter(job, JobEvent.Cause.SUBMITTED);
    }

    /// Moves a job on.
    void move(Job job, JobState next, JobEvent.Cause cause) {
        books.figures.moved(job, next, cause, books.now);
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
                books.timers.remove(job);
                books.scheduled.remove(job.id);
            }
            case JobState.Queued _ -> books.lanes.strike(job);
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
                books.timers.add(job);
                books.scheduled.put(job.id, job);
            }
            case JobState.Queued _ -> books.lanes.enlist(job);
            case JobState.Claimed(var claim) -> beginClaim(job, claim);
            case JobState.Succeeded _, JobState.Dead _, JobState.Cancelled _ -> {
                finish(job, cause);
                return;
            }
        }
        events.happened(new JobEvent.Moved(job.view(), cause));
    }

    private void beginClaim(Job job, Claim claim) {
        Worker worker = books.workers.get(claim.worker());
        Invariant.check(worker.isTaking(), "a claim is given to a worker that takes work");
        books.workers.claim(worker, job);
        books.lanes.started(job.spec.concurrency());
        books.timers.add(job);
    }

    private void endClaim(Job job, Claim claim) {
        books.timers.remove(job);
        books.lanes.ended(job.spec.concurrency());
        books.workers.release(books.workers.get(claim.worker()), job);
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
                books.now.index(),
                books.now.micros());
        long block = books.history.add(finished);
        books.outcomes.add(new OutcomeRecord(
                job.id, job.state().kind(), job.claims, block, books.now.micros(), books.now.elapsedMicros()));
        if (!job.spec.uniqueKey().isEmpty()) {
            books.unique.remove(job.spec.uniqueKey());
        }
        books.lanes.leave(job.lane);
        job.lane.queue().lastUsedMicros = books.now.micros();
        if (job.state() instanceof JobState.Dead) {
            books.deadLetters.put(job.id, job);
            books.whole.put(job.id, job);
            books.deadPayloadBytes += job.weight();
        } else {
            forget(job);
        }
        events.happened(new JobEvent.Finished(finished, cause));
        evictDeadLetters();
    }

    private void evictDeadLetters() {
        while (books.whole.size() > JobLimits.MAX_DEAD_LETTERS
                || books.deadPayloadBytes > JobLimits.MAX_DEAD_PAYLOAD_BYTES) {
            strip(books.whole.firstEntry().getValue());
        }
        while (books.deadLetters.size() > JobLimits.MAX_LISTED_DEAD_LETTERS) {
            drop(books.deadLetters.firstEntry().getValue());
        }
    }

    /// Puts a dead letter without its payload in the place of the whole one: the history has it.
    private void strip(Job job) {
        Job stripped = job.stripped();
        books.payloadBytes -= job.weight();
        books.deadPayloadBytes -= job.weight();
        books.whole.remove(job.id);
        books.deadLetters.put(job.id, stripped);
        books.jobs.put(job.id, stripped);
    }

    private void forgetDeath(Job job) {
        books.deadLetters.remove(job.id);
        books.whole.remove(job.id);
        books.deadPayloadBytes -= job.weight();
    }

    private void revive(Job job) {
        job.lane = books.lanes.join(job.lane.key());
        if (!job.spec.uniqueKey().isEmpty()) {
            books.unique.put(job.spec.uniqueKey(), job);
        }
    }

    private void forget(Job job) {
        books.jobs.remove(job.id);
        books.payloadBytes -= job.weight();
    }

    private void count(Job job, int change) {
        JobState.Kind kind = job.state().kind();
        books.tally.add(kind, change);
        job.lane.queue().tally.add(kind, change);
    }

    /// Folds the move into the digest: which job, into which state, and to whom or until when.
    private void note(Job job) {
        books.digest = new Digest(books.digest)
                .add(job.id.value())
                .add(job.claims)
                .add(code(job.state()))
                .add(detail(job.state()))
                .add(books.now.micros())
                .add(books.now.elapsedMicros())
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
