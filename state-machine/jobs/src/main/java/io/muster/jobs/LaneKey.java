package io.muster.jobs;

/// What jobs of one lane have in common: a worker that can be given one of them can be given any.
record LaneKey(String queue, String type, Labels labels, String affinity, Concurrency concurrency) {
    static LaneKey of(JobSpec spec) {
        return new LaneKey(spec.queue(), spec.type(), spec.labels(), spec.affinity(), spec.concurrency());
    }

    /// Where a job of that priority waits in this lane.
    JobSpec.Placement placement(int priority) {
        return new JobSpec.Placement(queue, priority, labels, affinity, concurrency);
    }
}
