package io.muster.jobs;

import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The jobs that something must happen to at an instant: scheduled ones are queued, claims expire.
final class Timers {
    private final TreeSet<Job> byInstant = new TreeSet<>(Timers::byInstant);

    void add(Job job) {
        byInstant.add(job);
    }

    /// Called while the job is still in the state that was added.
    void remove(Job job) {
        byInstant.remove(job);
    }

    /// The first job that is due at `micros`, or null.
    @Nullable Job due(long micros) {
        return byInstant.isEmpty() || instant(byInstant.first()) > micros ? null : byInstant.first();
    }

    OptionalLong next() {
        return byInstant.isEmpty() ? OptionalLong.empty() : OptionalLong.of(instant(byInstant.first()));
    }

    private static long instant(Job job) {
        return switch (job.state()) {
            case JobState.Scheduled scheduled -> scheduled.untilMicros();
            case JobState.Claimed(var claim) -> claim.expiryMicros();
            case JobState.Queued _, JobState.Succeeded _, JobState.Dead _, JobState.Cancelled _ -> Long.MAX_VALUE;
        };
    }

    private static int byInstant(Job one, Job other) {
        int byInstant = Long.compare(instant(one), instant(other));
        return byInstant != 0 ? byInstant : one.id.compareTo(other.id);
    }
}
