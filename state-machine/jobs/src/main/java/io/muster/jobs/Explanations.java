package io.muster.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds out why a job waits, by asking the same questions as the assignment does.
final class Explanations {
    private final JobIndexes indexes;

    Explanations(JobIndexes indexes) {
        this.indexes = indexes;
    }

    Optional<Explanation> explain(JobId id) {
        Job job = indexes.job(id);
        if (job == null) {
            return Optional.empty();
        }
        boolean isQueued = job.state() instanceof JobState.Queued;
        return Optional.of(new Explanation(job.state(), isQueued ? obstacles(job) : List.of()));
    }

    private List<Explanation.Obstacle> obstacles(Job job) {
        var obstacles = new ArrayList<Explanation.Obstacle>();
        JobQueue queue = job.lane().queue();
        if (queue.settings.flow() == QueueSettings.Flow.PAUSED) {
            obstacles.add(new Explanation.Obstacle.QueuePaused(queue.name()));
        }
        Concurrency concurrency = job.spec.concurrency();
        if (!indexes.lanes.hasRoom(concurrency)) {
            obstacles.add(new Explanation.Obstacle.ConcurrencyFull(concurrency.key(), concurrency.limit()));
        }
        if (job.isQuarantined()) {
            obstacles.add(new Explanation.Obstacle.MustRunAlone(job.tries().losses()));
        }
        boolean isAnyoneThere = false;
        boolean hasAnyoneHandler = false;
        for (Worker worker : indexes.workers.all()) {
            isAnyoneThere |= !worker.isGone();
            hasAnyoneHandler |= !worker.isGone() && worker.capacity().handlers().contains(job.spec.type());
        }
        if (!isAnyoneThere) {
            obstacles.add(new Explanation.Obstacle.NoWorkers());
        } else if (!hasAnyoneHandler) {
            obstacles.add(new Explanation.Obstacle.NoHandler(job.spec.type()));
        } else {
            indexes.workers.all().forEach(worker -> addIneligibility(job, worker, obstacles));
        }
        return obstacles;
    }

    private static boolean isAllowed(Job job, Worker worker) {
        return worker.workerClass != null && job.lane().pool().allows(worker.workerClass);
    }

    private void addIneligibility(Job job, Worker worker, List<Explanation.Obstacle> obstacles) {
        LaneKey key = job.lane().key();
        Explanation.Ineligibility reason;
        if (worker.state != WorkerState.ACTIVE) {
            reason = Explanation.Ineligibility.AWAY;
        } else if (!worker.capacity().handlers().contains(key.type())) {
            reason = Explanation.Ineligibility.NO_HANDLER;
        } else if (!worker.isCapableOf(key)) {
            reason = Explanation.Ineligibility.LABELS_MISSING;
        } else if (worker.capacity().intake() == Capacity.Intake.DRAINING) {
            reason = Explanation.Ineligibility.DRAINING;
        } else if (!worker.isTaking()) {
            reason = Explanation.Ineligibility.AWAY;
        } else if (!isAllowed(job, worker)) {
            reason = Explanation.Ineligibility.LEADS;
        } else if (worker.runsQuarantined || worker == indexes.workers.reserved()) {
            reason = Explanation.Ineligibility.RESERVED;
        } else if (worker.claims.size() >= worker.slots()) {
            reason = Explanation.Ineligibility.FULL;
        } else {
            return;
        }
        obstacles.add(new Explanation.Obstacle.Worker(worker.id, reason));
    }
}
