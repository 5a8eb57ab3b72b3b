package io.muster.jobs;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Live jobs by their unique key; jobs without one are none of its concern.
final class UniqueKeys {
    private final Map<String, Job> holders = new HashMap<>();

    /// The live job that has the unique key of `spec`, or null.
    @Nullable Job holder(JobSpec spec) {
        return holders.get(spec.uniqueKey());
    }

    void take(Job job) {
        if (!job.spec.uniqueKey().isEmpty()) {
            holders.put(job.spec.uniqueKey(), job);
        }
    }

    void giveBack(Job job) {
        if (!job.spec.uniqueKey().isEmpty()) {
            holders.remove(job.spec.uniqueKey());
        }
    }

    int size() {
        return holders.size();
    }
}
