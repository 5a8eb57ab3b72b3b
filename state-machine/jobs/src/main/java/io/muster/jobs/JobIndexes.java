package io.muster.jobs;

import io.muster.log.FencingToken;
import io.muster.log.Stamp;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything the ledger knows, index by index. [Transitions] keeps the indexes in step with the jobs' states.
final class JobIndexes {
    /// All jobs in the ledger, dead letters included, oldest first.
    final TreeMap<JobId, Job> jobs = new TreeMap<>();

    /// The dead letters among them.
    final TreeMap<JobId, Job> deadLetters = new TreeMap<>();

    /// Those of the dead letters that still have their payload and can be retried.
    final TreeMap<JobId, Job> whole = new TreeMap<>();

    /// The jobs that wait for their time.
    final TreeMap<JobId, Job> scheduled = new TreeMap<>();

    /// Live jobs by their unique key; looked up, never walked.
    final Map<String, Job> unique = new HashMap<>();

    final Lanes lanes = new Lanes();
    final Workers workers = new Workers(lanes.pools);
    final Timers timers = new Timers();
    final Idempotency idempotency = new Idempotency();
    final Outcomes outcomes = new Outcomes();

    /// Jobs by state in all queues; those of finished states count what has finished since the cluster began.
    final JobStateCounts tally = new JobStateCounts();

    /// What a monitor is shown; nothing is decided by it.
    final JobMetricsRecorder figures = new JobMetricsRecorder();

    History history = new History(1);

    /// What all jobs, and what the dead letters among them, weigh ([Job#weight]).
    long payloadBytes;

    long deadPayloadBytes;

    /// A fingerprint of every move so far: equal on two nodes exactly if they made the same moves.
    long digest;

    /// The entry being applied, or the last one.
    Stamp now = Stamp.ZERO;

    /// Jobs submitted and claims given so far by the entry of [#now].
    int jobsOfEntry;

    int claimsOfEntry;

    /// Goes on to the entry, or the later act of the same entry, at `stamp`.
    void enter(Stamp stamp) {
        if (stamp.index() != now.index()) {
            jobsOfEntry = 0;
            claimsOfEntry = 0;
        }
        now = stamp;
    }

    /// How many more jobs this entry can submit.
    int freeJobIds() {
        return JobId.MAX_PER_ENTRY - jobsOfEntry;
    }

    JobId nextJobId() {
        return JobId.of(now.index(), jobsOfEntry++);
    }

    /// The fence of the next claim: unique among all claims of this entry, its follow-ups included.
    FencingToken nextFence() {
        return now.withOrdinal(claimsOfEntry++).fence();
    }

    /// What jobs of `lane` would wait for in vain as the cluster stands, or null.
    Stall.@Nullable Missing missing(Lane lane) {
        return lane.queue().settings.flow() == QueueSettings.Flow.PAUSED
                ? new Stall.Missing.OpenQueue(lane.queue().name())
                : workers.missing(lane);
    }

    @Nullable Job job(JobId id) {
        return jobs.get(id);
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
                deadPayloadBytes += job.weight();
                if (!job.isStripped) {
                    whole.put(job.id, job);
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
                deadPayloadBytes -= job.weight();
                whole.remove(job.id);
            }
        }
    }

    /// The smallest index that holds all jobs of `scope`; it may hold others too.
    NavigableMap<JobId, Job> jobs(JobFilter.Scope scope) {
        return switch (scope) {
            case JobFilter.Scope.All() -> jobs;
            case JobFilter.Scope.Only(var kind) ->
                switch (kind) {
                    case SCHEDULED -> scheduled;
                    case CLAIMED -> workers.claims();
                    case DEAD -> deadLetters;
                    case QUEUED, SUCCEEDED, CANCELLED -> jobs;
                };
        };
    }
}
