package io.muster.jobs;

import org.jspecify.annotations.Nullable;

/// Gives waiting jobs to free slots.
///
/// Each step either gives a job out or sets a lane aside, so a run costs no more than the free slots plus the lanes
/// that have something new to offer, however many jobs wait; with no free slot it costs nothing.
final class Assignment {
    private final Books books;
    private final Transitions transitions;

    Assignment(Books books, Transitions transitions) {
        this.books = books;
        this.transitions = transitions;
    }

    void run() {
        giveOutSolo();
        while (books.workers.hasFree()) {
            JobQueue queue = books.lanes.next();
            if (queue == null) {
                return;
            }
            giveOutNext(queue);
        }
    }

    private void giveOutNext(JobQueue queue) {
        Job job = queue.next();
        Lane lane = job.lane;
        if (!books.lanes.hasRoom(lane.key().concurrency())) {
            books.lanes.setAside(lane, Lane.Standing.KEY_FULL);
            return;
        }
        Worker worker = books.workers.best(lane.key());
        if (worker == null) {
            books.lanes.setAside(lane, Lane.Standing.NO_WORKER);
            return;
        }
        claim(job, worker);
        books.lanes.charge(queue);
    }

    /// Jobs that must run alone go first: they are old, and an idle worker is rare.
    private void giveOutSolo() {
        books.workers.checkReservation();
        JobId last = null;
        for (Job job = nextSolo(last); job != null && books.workers.canServeSolo(); job = nextSolo(last)) {
            last = job.id;
            boolean isHeldBack = job.lane.queue().settings.flow() == QueueSettings.Flow.PAUSED
                    || !books.lanes.hasRoom(job.spec.concurrency());
            if (isHeldBack) {
                continue;
            }
            Worker worker = books.workers.idleFor(job);
            if (worker != null) {
                claim(job, worker);
                books.workers.checkReservation();
            } else {
                books.workers.reserve(job);
            }
        }
    }

    private @Nullable Job nextSolo(@Nullable JobId last) {
        var solo = books.lanes.solo;
        if (solo.isEmpty()) {
            return null;
        }
        var next = last == null ? solo.firstEntry() : solo.higherEntry(last);
        return next == null ? null : next.getValue();
    }

    private void claim(Job job, Worker worker) {
        job.claims++;
        long now = books.now.micros();
        var claim = new Claim(
                worker.id,
                worker.incarnation,
                job.claims,
                books.nextFence(),
                now,
                now + job.spec.timeoutMillis() * 1_000,
                job.checkpoint);
        transitions.move(job, new JobState.Claimed(claim), JobEvent.Cause.CLAIMED);
    }
}
