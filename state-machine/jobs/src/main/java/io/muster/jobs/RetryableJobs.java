package io.muster.jobs;

import java.util.TreeMap;

/// The dead letters that can be retried, oldest first, with what they weigh together ([Job#weight]).
final class RetryableJobs {
    private final TreeMap<JobId, Job> jobs = new TreeMap<>();
    private long bytes;

    int size() {
        return jobs.size();
    }

    /// What all of them weigh.
    long bytes() {
        return bytes;
    }

    /// The oldest. Called only while there is one.
    Job first() {
        return jobs.firstEntry().getValue();
    }

    void put(Job job) {
        Job before = jobs.put(job.id, job);
        bytes += job.weight() - (before == null ? 0 : before.weight());
    }

    /// Does nothing where there is no such job.
    void remove(Job job) {
        Job removed = jobs.remove(job.id);
        bytes -= removed == null ? 0 : removed.weight();
    }
}
