package io.muster.jobs;

import java.util.EnumMap;
import java.util.Map;

/// Jobs by state, kept as they move and never counted: live and dead ones as they stand, succeeded and cancelled ones
/// as many as there have been.
final class JobStateCounts {
    private final EnumMap<JobState.Kind, Long> counts = new EnumMap<>(JobState.Kind.class);

    JobStateCounts() {
        for (JobState.Kind kind : JobState.Kind.values()) {
            counts.put(kind, 0L);
        }
    }

    void add(JobState.Kind kind, long change) {
        counts.merge(kind, change, Long::sum);
    }

    long of(JobState.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /// Jobs in the ledger, dead letters included.
    long inLedger() {
        long count = 0;
        for (JobState.Kind kind : JobState.Kind.values()) {
            count += kind.isInLedger() ? of(kind) : 0;
        }
        return count;
    }

    Map<JobState.Kind, Long> view() {
        return Map.copyOf(counts);
    }
}
