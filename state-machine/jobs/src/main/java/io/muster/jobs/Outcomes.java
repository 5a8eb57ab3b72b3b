package io.muster.jobs;

import java.util.Collection;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// The outcome records of the last [JobLimits#OUTCOME_LIFE_MICROS], at most [JobLimits#MAX_OUTCOMES]: enough to know
/// a repeated result again, and to say where in the history a job stands.
final class Outcomes {
    private final LinkedHashMap<JobId, OutcomeRecord> records = new LinkedHashMap<>();

    void add(OutcomeRecord outcome) {
        records.remove(outcome.job());
        records.put(outcome.job(), outcome);
        if (records.size() > JobLimits.MAX_OUTCOMES) {
            records.pollFirstEntry();
        }
    }

    @Nullable OutcomeRecord find(JobId job) {
        return records.get(job);
    }

    void expire(long elapsedMicros) {
        while (!records.isEmpty()
                && records.firstEntry().getValue().finishedElapsedMicros() + JobLimits.OUTCOME_LIFE_MICROS
                        <= elapsedMicros) {
            records.pollFirstEntry();
        }
    }

    /// Oldest first.
    Collection<OutcomeRecord> all() {
        return records.values();
    }
}
