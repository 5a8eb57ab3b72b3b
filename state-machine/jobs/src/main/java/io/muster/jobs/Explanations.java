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

    private List<Obstacle> obstacles(Job job) {
        var obstacles = new ArrayList<Obstacle>();
        JobQueue queue = job.lane().queue();
        if (queue.settings.flow() == QueueSettings.Flow.PAUSED) {
            obstacles.add(new Obstacle.QueuePaused(queue.name()));
        }
        Concurrency concurrency = job.spec.concurrency();
        if (!indexes.lanes.hasRoom(concurrency)) {
            obstacles.add(new Obstacle.ConcurrencyFull(concurrency.key(), concurrency.limit()));
        }
        if (job.isQuarantined()) {
            obstacles.add(new Obstacle.MustRunAlone(job.tries().losses()));
        }
        switch (indexes.workers.lastingObstacle(job.lane())) {
            case Obstacle.NoWorkers nobody -> obstacles.add(nobody);
            case Obstacle.NoHandler nobody -> obstacles.add(nobody);
            // Where a worker has the handler, each says for itself why it cannot have the job.
            case Obstacle.NoLabels _, Obstacle.NoTaker _, Obstacle.QueuePaused _ -> addIneligibilities(job, obstacles);
            case null -> addIneligibilities(job, obstacles);
        }
        return obstacles;
    }

    private void addIneligibilities(Job job, List<Obstacle> obstacles) {
        indexes.workers.all().forEach(worker -> addIneligibility(job, worker, obstacles));
    }

    private static boolean isAllowed(Job job, Worker worker) {
        return worker.workerClass != null && job.lane().pool().allows(worker.workerClass);
    }

    private void addIneligibility(Job job, Worker worker, List<Obstacle> obstacles) {
        LaneKey key = job.lane().key();
        Obstacle.Ineligibility reason;
        if (worker.state != WorkerState.ACTIVE) {
            reason = Obstacle.Ineligibility.AWAY;
        } else if (!worker.capacity().handlers().contains(key.type())) {
            reason = Obstacle.Ineligibility.NO_HANDLER;
        } else if (!worker.isCapableOf(key)) {
            reason = Obstacle.Ineligibility.LABELS_MISSING;
        } else if (worker.capacity().intake() == Capacity.Intake.DRAINING) {
            reason = Obstacle.Ineligibility.DRAINING;
        } else if (!worker.isTaking()) {
            reason = Obstacle.Ineligibility.AWAY;
        } else if (!isAllowed(job, worker)) {
            reason = Obstacle.Ineligibility.LEADS;
        } else if (worker.runsQuarantined || worker == indexes.workers.reserved()) {
            reason = Obstacle.Ineligibility.RESERVED;
        } else if (worker.claims.size() >= worker.slots()) {
            reason = Obstacle.Ineligibility.FULL;
        } else {
            return;
        }
        obstacles.add(new Obstacle.Worker(worker.id, reason));
    }
}
