package io.muster.jobs;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The outcome records of the last [JobLimits#OUTCOME_LIFE_MICROS], at most [JobLimits#MAX_OUTCOMES]:
/// enough to know a repeated result again, and to say where in the history a job stands.
///
/// The record of a job that ended once more stays among them as a gap until it is the oldest, or until
/// gaps are as many as records.
final class Outcomes {
    private final Map<JobId, OutcomeRecord> records = new HashMap<>();

    /// The oldest first; a record that is not the last one of its job is a gap.
    private final AgeOrder<OutcomeRecord> byAge = new AgeOrder<>();

    void add(OutcomeRecord outcome) {
        records.put(outcome.job(), outcome);
        byAge.addLast(outcome);
        if (records.size() > JobLimits.MAX_OUTCOMES) {
            forgetOldest();
        }
        if (byAge.size() > 2 * records.size()) {
            byAge.removeIf(this::isGap);
        }
    }

    @Nullable OutcomeRecord find(JobId job) {
        return records.get(job);
    }

    void expire(long elapsedMicros) {
        while (!byAge.isEmpty()
                && byAge.first().finishedElapsedMicros() + JobLimits.OUTCOME_LIFE_MICROS <= elapsedMicros) {
            OutcomeRecord oldest = byAge.removeFirst();
            if (!isGap(oldest)) {
                records.remove(oldest.job());
            }
        }
    }

    /// All as they are now, oldest first, gaps included: who adds them in this order to none gets the
    /// same.
    AgeOrder.Frozen<OutcomeRecord> freeze() {
        return byAge.freeze();
    }

    private void forgetOldest() {
        OutcomeRecord oldest = byAge.removeFirst();
        while (isGap(oldest)) {
            oldest = byAge.removeFirst();
        }
        records.remove(oldest.job());
    }

    private boolean isGap(OutcomeRecord outcome) {
        return !outcome.equals(records.get(outcome.job()));
    }
}
