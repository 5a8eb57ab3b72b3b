package io.muster.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Answers what can be seen of the ledger, never by walking over all jobs.
final class Listings {
    private final JobIndexes indexes;

    Listings(JobIndexes indexes) {
        this.indexes = indexes;
    }

    JobSlice page(JobFilter filter, JobId after, int limit) {
        FieldRules.within("a page of jobs", limit, 1, JobLimits.MAX_PAGE);
        var jobs = new ArrayList<JobView>();
        int seen = 0;
        for (Job job : indexes.jobs(filter.scope(), after)) {
            if (filter.shows(job, indexes.now().micros())) {
                jobs.add(job.view());
            }
            seen++;
            if (jobs.size() == limit || seen == JobLimits.MAX_LOOK) {
                return new JobSlice(jobs, new JobSlice.Next.After(job.id));
            }
        }
        return new JobSlice(jobs, new JobSlice.Next.End());
    }

    /// The jobs that `filter` shows between two ids and that `act` can be done to, at most `limit` of them and out of
    /// at most [JobLimits#MAX_SCAN].
    Slice slice(JobCommand.BulkAct act, JobFilter filter, JobId after, JobId before, int limit) {
        var jobs = new ArrayList<Job>();
        int seen = 0;
        for (Job job : indexes.jobs(filter.scope(), after)) {
            if (job.id.compareTo(before) >= 0) {
                break;
            }
            if (job.state().kind().allows(act)
                    && filter.shows(job, indexes.now().micros())) {
                jobs.add(job);
            }
            seen++;
            if (jobs.size() == limit || seen == JobLimits.MAX_SCAN) {
                return new Slice(jobs, new JobSlice.Next.After(job.id));
            }
        }
        return new Slice(jobs, new JobSlice.Next.End());
    }

    /// Jobs to act on, gathered before the first act changes the indexes, and what comes after them.
    record Slice(List<Job> jobs, JobSlice.Next next) {}

    List<QueueView> queues() {
        Map<JobQueue, Job> oldest = oldestByQueue();
        var views = new ArrayList<QueueView>();
        for (JobQueue queue : indexes.lanes.queues()) {
            Job job = oldest.get(queue);
            QueueView.Oldest waits = job != null && job.state() instanceof JobState.Queued(var since)
                    ? new QueueView.Oldest.OldestJob(job.id, since)
                    : new QueueView.Oldest.None();
            views.add(new QueueView(queue.name(), queue.settings, queue.counts.view(), waits));
        }
        return views;
    }

    List<WorkerView> workers() {
        var views = new ArrayList<WorkerView>();
        for (Worker worker : indexes.workers.all()) {
            views.add(view(worker));
        }
        return views;
    }

    static WorkerView view(Worker worker) {
        return new WorkerView(
                worker.id,
                worker.incarnation,
                worker.capacity(),
                worker.state,
                worker.sinceMicros,
                worker.isOnProbation() && !worker.isGone() ? Probation.reason(worker) : worker.reason,
                worker.slots(),
                List.copyOf(worker.claims.keySet()));
    }

    /// Looks at the front of every lane, of which there are at most [JobLimits#MAX_LANES].
    private Map<JobQueue, Job> oldestByQueue() {
        Map<JobQueue, Job> oldest = new HashMap<>();
        for (Lane lane : indexes.lanes.lanes()) {
            if (lane.waiting() > 0) {
                oldest.merge(lane.queue(), lane.oldestWaiting(), Listings::older);
            }
        }
        return oldest;
    }

    private static Job older(Job one, Job other) {
        return one.id.compareTo(other.id) <= 0 ? one : other;
    }
}
