package io.muster.jobs;

import java.util.List;
import java.util.Map;

/// What has happened to jobs since this process began to apply the log, for monitoring. No decision reads it, and no
/// snapshot carries it: it starts anew with the process, as counters of a monitor may.
///
/// All instants are log time, so every node that applied the same entries shows the same.
///
/// @param submitted jobs taken in
/// @param finished jobs that came to an end, by outcome: succeeded, dead, cancelled
/// @param retries runs that ended without finishing their job, by what ended them
/// @param refusedResults results that a worker reported here too late, after its claim had ended
/// @param pickup from ready to claimed
/// @param run from claimed to the report or the deadline
public record JobMetrics(
        long submitted,
        Map<JobState.Kind, Long> finished,
        Map<JobEvent.Cause, Long> retries,
        long refusedResults,
        Spread pickup,
        Spread run) {
    public JobMetrics {
        finished = Map.copyOf(finished);
        retries = Map.copyOf(retries);
    }

    /// How durations are spread.
    ///
    /// @param counts how many fell into each bucket: up to the bound at its place in [#BOUNDS_MICROS] and above
    ///     the one before; the last bucket has no bound
    /// @param totalMicros all durations together
    public record Spread(List<Long> counts, long totalMicros) {
        /// From a single consensus round to the longest default run.
        public static final List<Long> BOUNDS_MICROS = List.of(
                500L,
                1_000L,
                2_500L,
                5_000L,
                10_000L,
                25_000L,
                50_000L,
                100_000L,
                250_000L,
                500_000L,
                1_000_000L,
                2_500_000L,
                5_000_000L,
                10_000_000L,
                30_000_000L,
                60_000_000L,
                300_000_000L);

        public Spread {
            counts = List.copyOf(counts);
        }
    }
}
