package io.muster.jobs;

/// What jobs of one lane have in common: whoever can be given the one can be given the other.
record LaneKey(String queue, String type, Labels labels, String affinity, Concurrency concurrency) {
    static LaneKey of(JobSpec spec) {
        return new LaneKey(spec.queue(), spec.type(), spec.labels(), spec.affinity(), spec.concurrency());
    }

    /// The same spec holding this key's objects, so that a million jobs of a lane do not hold a million copies of its
    /// names.
    JobSpec share(JobSpec spec) {
        return new JobSpec(
                type,
                queue,
                spec.priority(),
                spec.payload(),
                labels,
                spec.timeoutMillis(),
                spec.retry(),
                spec.delayMillis(),
                spec.uniqueKey(),
                affinity,
                concurrency,
                spec.owner());
    }
}
