package io.muster.jobs;

import io.muster.log.NodeId;

/// Workers coming, changing and going, as the log says.
final class WorkerRegistry {
    private static final String REPLACED = "another process joined under its name";

    private final JobIndexes indexes;
    private final RunCompletion completion;
    private final JobEvents events;

    WorkerRegistry(JobIndexes indexes, RunCompletion completion, JobEvents events) {
        this.indexes = indexes;
        this.completion = completion;
        this.events = events;
    }

    /// Whether a process may speak for the worker whose name it goes by.
    private sealed interface Membership {
        /// It may: it is the process that joined last.
        record Member(Worker worker) implements Membership {}

        /// It may not, and is told so.
        record Refused(JobReply reply) implements Membership {}
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
            endPredecessor(worker);
        }
        indexes.workers.join(
                worker, join.incarnation(), join.capacity(), indexes.now().micros());
        tell(worker, "");
        return new JobReply.Done();
    }

    JobReply change(JobCommand.ChangeWorker change) {
        return switch (membership(change.worker(), change.incarnation())) {
            case Membership.Refused(var reply) -> reply;
            case Membership.Member(var worker) -> {
                indexes.workers.changeCapacity(worker, change.capacity());
                tell(worker, "");
                yield new JobReply.Done();
            }
        };
    }

    JobReply changeState(NodeId id, long incarnation, WorkerState state, String reason) {
        return switch (membership(id, incarnation)) {
            case Membership.Refused(var reply) -> reply;
            case Membership.Member(var worker) -> {
                changeState(worker, state, reason);
                yield new JobReply.Done();
            }
        };
    }

    private void changeState(Worker worker, WorkerState state, String reason) {
        indexes.workers.changeState(worker, state, reason, indexes.now().micros());
        switch (state) {
            case LOST -> {
                if (isDraining(worker)) {
                    completion.giveBackAll(worker);
                } else {
                    indexes.workers.setBack(worker, indexes.now().elapsedMicros());
                    completion.loseAll(worker, reason);
                }
            }
            case LEFT -> completion.giveBackAll(worker);
            case ACTIVE, SUSPENDED -> {
                // it keeps what it holds
            }
        }
        indexes.workers.forgetGone(indexes.now().micros());
        tell(worker, reason);
    }

    /// Ends the process that went by the name of `worker`. If it was still at work, its end is the newcomer's doing and
    /// says nothing of its jobs; if it was away already, it died under them.
    private void endPredecessor(Worker worker) {
        if (isDraining(worker)) {
            completion.giveBackAll(worker);
            return;
        }
        indexes.workers.setBack(worker, indexes.now().elapsedMicros());
        if (worker.state == WorkerState.ACTIVE) {
            worker.takeoverElapsedMicros = indexes.now().elapsedMicros();
            completion.giveBackAll(worker);
        } else {
            completion.loseAll(worker, REPLACED);
        }
    }

    private JobReply joinNew(JobCommand.JoinWorker join) {
        if (indexes.workers.all().size() >= JobLimits.MAX_WORKERS && !indexes.workers.forgetOneGone()) {
            return new JobReply.Full("workers", JobLimits.MAX_WORKERS, 60_000);
        }
        var worker = new Worker(
                join.worker(),
                join.incarnation(),
                join.capacity(),
                indexes.now().micros());
        indexes.workers.add(worker);
        tell(worker, "");
        return new JobReply.Done();
    }

    private Membership membership(NodeId id, long incarnation) {
        Worker worker = indexes.workers.find(id);
        if (worker != null && worker.ended.contains(incarnation)) {
            return new Membership.Refused(new JobReply.Superseded());
        }
        return worker == null || worker.incarnation != incarnation || worker.isGone()
                ? new Membership.Refused(new JobReply.NotJoined())
                : new Membership.Member(worker);
    }

    private static boolean isDraining(Worker worker) {
        return worker.capacity().intake() == Capacity.Intake.DRAINING;
    }

    private void tell(Worker worker, String reason) {
        events.happened(new JobEvent.WorkerChanged(worker.id, worker.incarnation, worker.state, reason));
    }
}
