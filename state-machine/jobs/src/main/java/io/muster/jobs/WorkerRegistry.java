package io.muster.jobs;

import io.muster.log.NodeId;
import org.jspecify.annotations.Nullable;

/// Workers coming, changing and going, as the log says.
final class WorkerRegistry {
    private static final String REPLACED = "another process joined under its name";

    private final JobIndexes indexes;
    private final RunCompletion endings;
    private final JobEvents events;

    WorkerRegistry(JobIndexes indexes, RunCompletion endings, JobEvents events) {
        this.indexes = indexes;
        this.endings = endings;
        this.events = events;
    }

    JobReply join(JobCommand.JoinWorker join) {
        Worker worker = indexes.workers.find(join.worker());
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
        indexes.workers.change(worker, () -> {
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
        indexes.workers.change(worker, () -> {
            Probation.noteSetback(worker, indexes.now.elapsedMicros());
            worker.takeoverElapsedMicros = wasAtWork ? indexes.now.elapsedMicros() : worker.takeoverElapsedMicros;
        });
        if (wasAtWork) {
            endings.giveBackAll(worker);
        } else {
            endings.loseAll(worker, REPLACED);
        }
    }

    private static boolean isDraining(Worker worker) {
        return worker.offer().intake() == Capacity.Intake.DRAINING;
    }

    JobReply change(JobCommand.ChangeWorker change) {
        Worker worker = indexes.workers.find(change.worker());
        JobReply refusal = refusal(worker, change.incarnation());
        if (worker == null || refusal != null) {
            return refusal == null ? new JobReply.NotJoined() : refusal;
        }
        indexes.workers.change(worker, () -> worker.offer(change.offer()));
        tell(worker, "");
        return new JobReply.Done();
    }

    JobReply stand(NodeId id, long incarnation, WorkerStanding standing, String reason) {
        Worker worker = indexes.workers.find(id);
        JobReply refusal = refusal(worker, incarnation);
        if (worker == null || refusal != null) {
            return refusal == null ? new JobReply.NotJoined() : refusal;
        }
        indexes.workers.change(worker, () -> {
            stand(worker, standing, reason);
            if (standing == WorkerStanding.LOST && !isDraining(worker)) {
                Probation.noteSetback(worker, indexes.now.elapsedMicros());
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
        indexes.workers.forgetGone(indexes.now.micros());
        tell(worker, reason);
        return new JobReply.Done();
    }

    private JobReply joinNew(JobCommand.JoinWorker join) {
        if (indexes.workers.all().size() >= JobLimits.MAX_WORKERS && !indexes.workers.forgetOneGone()) {
            return new JobReply.Full("workers", JobLimits.MAX_WORKERS, 60_000);
        }
        var worker = new Worker(join.worker(), join.incarnation(), join.offer(), indexes.now.micros());
        indexes.workers.add(worker);
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
        worker.sinceMicros = indexes.now.micros();
    }

    private void tell(Worker worker, String reason) {
        events.happened(new JobEvent.WorkerChanged(worker.id, worker.incarnation, worker.standing, reason));
    }
}
