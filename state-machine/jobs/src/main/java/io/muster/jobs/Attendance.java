package io.muster.jobs;

import io.muster.log.NodeId;
import org.jspecify.annotations.Nullable;

/// Workers coming, changing and going, as the log says.
final class Attendance {
    private static final String REPLACED = "another process joined under its name";

    private final Books books;
    private final Endings endings;
    private final JobEvents events;

    Attendance(Books books, Endings endings, JobEvents events) {
        this.books = books;
        this.endings = endings;
        this.events = events;
    }

    JobReply join(JobCommand.JoinWorker join) {
        Worker worker = books.workers.find(join.worker());
        if (worker == null) {
            return joinNew(join);
        }
        if (worker.ended.contains(join.incarnation())) {
            return new JobReply.Superseded();
        }
        if (worker.incarnation != join.incarnation()) {
            replace(worker);
            worker.ended.addLast(worker.incarnation);
            if (worker.ended.size() > Worker.REMEMBERED_INCARNATIONS) {
                worker.ended.removeFirst();
            }
        }
        books.workers.change(worker, () -> {
            worker.incarnation = join.incarnation();
            worker.offer(join.offer());
            stand(worker, WorkerStanding.ACTIVE, "");
        });
        tell(worker, "");
        return new JobReply.Done();
    }

    /// Ends the process that went by the name of `worker`. If it was still at work, its end is the newcomer's doing and
    /// says nothing of its jobs; if it was away already, it died under them.
    private void replace(Worker worker) {
        if (isDraining(worker)) {
            endings.giveBackAll(worker);
            return;
        }
        boolean wasAtWork = worker.standing == WorkerStanding.ACTIVE;
        books.workers.change(worker, () -> {
            Probation.noteSetback(worker, books.now.elapsedMicros());
            worker.takeoverElapsedMicros = wasAtWork ? books.now.elapsedMicros() : worker.takeoverElapsedMicros;
        });
        if (wasAtWork) {
            endings.giveBackAll(worker);
        } else {
            endings.loseAll(worker, REPLACED);
        }
    }

    private static boolean isDraining(Worker worker) {
        return worker.offer().intake() == Offer.Intake.DRAINING;
    }

    JobReply change(JobCommand.ChangeWorker change) {
        Worker worker = books.workers.find(change.worker());
        JobReply refusal = refusal(worker, change.incarnation());
        if (worker == null || refusal != null) {
            return refusal == null ? new JobReply.NotJoined() : refusal;
        }
        books.workers.change(worker, () -> worker.offer(change.offer()));
        tell(worker, "");
        return new JobReply.Done();
    }

    JobReply stand(NodeId id, long incarnation, WorkerStanding standing, String reason) {
        Worker worker = books.workers.find(id);
        JobReply refusal = refusal(worker, incarnation);
        if (worker == null || refusal != null) {
            return refusal == null ? new JobReply.NotJoined() : refusal;
        }
        books.workers.change(worker, () -> {
            stand(worker, standing, reason);
            if (standing == WorkerStanding.LOST && !isDraining(worker)) {
                Probation.noteSetback(worker, books.now.elapsedMicros());
            }
        });
        switch (standing) {
            case LOST -> {
                if (isDraining(worker)) {
                    endings.giveBackAll(worker);
                } else {
                    endings.loseAll(worker, reason);
                }
            }
            case LEFT -> endings.giveBackAll(worker);
            case ACTIVE, SUSPENDED -> {
                // it keeps what it holds
            }
        }
        books.workers.forgetGone(books.now.micros());
        tell(worker, reason);
        return new JobReply.Done();
    }

    private JobReply joinNew(JobCommand.JoinWorker join) {
        if (books.workers.all().size() >= JobLimits.MAX_WORKERS && !books.workers.forgetOneGone()) {
            return new JobReply.Full("workers", JobLimits.MAX_WORKERS, 60_000);
        }
        var worker = new Worker(join.worker(), join.incarnation(), join.offer(), books.now.micros());
        books.workers.add(worker);
        tell(worker, "");
        return new JobReply.Done();
    }

    private static @Nullable JobReply refusal(@Nullable Worker worker, long incarnation) {
        if (worker == null || worker.incarnation != incarnation && !worker.ended.contains(incarnation)) {
            return new JobReply.NotJoined();
        }
        if (worker.incarnation != incarnation) {
            return new JobReply.Superseded();
        }
        return worker.isGone() ? new JobReply.NotJoined() : null;
    }

    private void stand(Worker worker, WorkerStanding standing, String reason) {
        worker.reason = reason;
        worker.standing = standing;
        worker.sinceMicros = books.now.micros();
    }

    private void tell(Worker worker, String reason) {
        events.happened(new JobEvent.WorkerChanged(worker.id, worker.incarnation, worker.standing, reason));
    }
}
