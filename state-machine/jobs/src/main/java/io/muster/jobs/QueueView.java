package io.muster.jobs;

import java.util.Map;

/// A queue as it stood at one moment.
///
/// @param name its name
/// @param settings how it is served
/// @param counts jobs by state, kept as they move and never counted; of finished states, how many have finished
/// @param oldest the job that has waited for a worker longest
public record QueueView(String name, QueueSettings settings, Map<JobState.Kind, Long> counts, Oldest oldest) {
    public QueueView {
        counts = Map.copyOf(counts);
    }

    /// The job that has waited longest.
    public sealed interface Oldest {
        /// Nothing waits.
        record None() implements Oldest {}

        /// `job` waits since `sinceMicros`.
        record OldestJob(JobId job, long sinceMicros) implements Oldest {}
    }
}
