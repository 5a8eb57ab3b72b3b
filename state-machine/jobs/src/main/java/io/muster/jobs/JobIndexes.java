package io.muster.jobs;

import io.muster.log.Stamp;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything the ledger knows, index by index. [Transitions] keeps the indexes in step with the jobs'
/// states.
final class JobIndexes {
    /// All jobs in the ledger, dead letters included.
    final JobTable jobs = new JobTable();

    /// The dead letters among them.
    final TreeMap<JobId, Job> deadLetters = new TreeMap<>();

    /// Those of the dead letters that still have their payload and can be retried.
    final RetryableJobs retryable = new RetryableJobs();

    /// The jobs that wait for their time.
    final TreeMap<JobId, Job> scheduled = new TreeMap<>();

    final UniqueKeys uniqueKeys = new UniqueKeys();
    final Lanes lanes = new Lanes();
    final Workers workers = new Workers(lanes.pools);
    final Timers timers = new Timers();
    final Idempotency idempotency = new Idempotency();
    final Outcomes outcomes = new Outcomes();
    final History history = new History();

    /// Jobs by state in all queues; those of finished states count what has finished since the cluster
    /// began.
    final JobStateCounts counts = new JobStateCounts();

    /// What a monitor is shown; nothing is decided by it.
    final JobMetricsRecorder metrics = new JobMetricsRecorder();

    final MoveDigest digest = new MoveDigest();
    final EntryCursor entry = new EntryCursor();

    /// When the entry being applied was stamped, or the last one.
    Stamp now() {
        return entry.now();
    }

    /// What keeps jobs of `lane` waiting in vain as the cluster stands, or null.
    Obstacle.@Nullable Lasting lastingObstacle(Lane lane) {
        return lane.queue().settings.flow() == QueueSettings.Flow.PAUSED
                ? new Obstacle.QueuePaused(lane.queue().name())
                : workers.lastingObstacle(lane);
    }

    @Nullable Job job(JobId id) {
        return jobs.find(id);
    }

    /// Puts a job where jobs in its state stand.
    void place(Job job) {
        timers.add(job);
        switch (job.state()) {
            case JobState.Scheduled _ -> scheduled.put(job.id, job);
            case JobState.Queued _ -> lanes.enlist(job);
            case JobState.Claimed(var claim) -> {
                workers.claim(workers.get(claim.worker()), job);
                lanes.started(job.spec.concurrency());
            }
            case JobState.Dead _ -> {
                deadLetters.put(job.id, job);
                if (!job.isStripped()) {
                    retryable.put(job);
                }
            }
        }
    }

    /// Takes a job away from where jobs in its state stand.
    void displace(Job job) {
        timers.remove(job);
        switch (job.state()) {
            case JobState.Scheduled _ -> scheduled.remove(job.id);
            case JobState.Queued _ -> lanes.strike(job);
            case JobState.Claimed(var claim) -> {
                lanes.ended(job.spec.concurrency());
                workers.release(workers.get(claim.worker()), job);
            }
            case JobState.Dead _ -> {
                deadLetters.remove(job.id);
                retryable.remove(job);
            }
        }
    }

    /// The jobs behind `after` of the smallest index that holds all jobs of `scope`, oldest first; it
    /// may hold others too.
    Iterable<Job> jobs(JobFilter.Scope scope, JobId after) {
        return switch (scope) {
            case JobFilter.Scope.All() -> jobs.after(after);
            case JobFilter.Scope.Only(var kind) ->
                switch (kind) {
                    case SCHEDULED -> scheduled.tailMap(after, false).values();
                    case CLAIMED -> workers.claims().tailMap(after, false).values();
                    case DEAD -> deadLetters.tailMap(after, false).values();
                    case QUEUED, SUCCEEDED, CANCELLED -> jobs.after(after);
                };
        };
    }
}
