package io.muster.jobs;

import io.muster.encoding.Bytes;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Jobs by id, oldest first, with what they weigh together ([Job#weight]).
final class JobTable {
    private final TreeMap<JobId, Job> jobs = new TreeMap<>();
    private long bytes;

    int size() {
        return jobs.size();
    }

    /// What all of them weigh.
    long bytes() {
        return bytes;
    }

    @Nullable Job find(JobId id) {
        return jobs.get(id);
    }

    /// The oldest. Called only while there is one.
    Job first() {
        return jobs.firstEntry().getValue();
    }

    Collection<Job> all() {
        return jobs.values();
    }

    NavigableMap<JobId, Job> byId() {
        return Collections.unmodifiableNavigableMap(jobs);
    }

    /// Takes a job in, in the place of one of the same id where there is one.
    void put(Job job) {
        Job before = jobs.put(job.id, job);
        bytes += job.weight() - (before == null ? 0 : before.weight());
    }

    /// Does nothing where there is no such job.
    void remove(Job job) {
        Job removed = jobs.remove(job.id);
        bytes -= removed == null ? 0 : removed.weight();
    }

    /// Notes how far the run of one of them has come.
    void reached(Job job, Bytes checkpoint) {
        bytes -= job.weight();
        job.reached(checkpoint);
        bytes += job.weight();
    }
}
