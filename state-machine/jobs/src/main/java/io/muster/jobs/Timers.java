package io.muster.jobs;

import io.muster.log.LogTime;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The jobs that something must happen to by itself: scheduled ones are queued at a date, claims expire once their time
/// has passed.
final class Timers {
    private final NavigableSet<Job> byDate = new TreeSet<>(Timers::byInstant);
    private final NavigableSet<Job> byElapsed = new TreeSet<>(Timers::byInstant);

    void add(Job job) {
        timersOf(job).add(job);
    }

    /// Called while the job is still in the state that was added.
    void remove(Job job) {
        timersOf(job).remove(job);
    }

    /// The first job that is due at `time`, or null.
    @Nullable Job due(LogTime time) {
        if (!byDate.isEmpty() && instant(byDate.first()) <= time.micros()) {
            return byDate.first();
        }
        return !byElapsed.isEmpty() && instant(byElapsed.first()) <= time.elapsedMicros() ? byElapsed.first() : null;
    }

    private NavigableSet<Job> timersOf(Job job) {
        return job.state() instanceof JobState.Claimed ? byElapsed : byDate;
    }

    /// A date, or an elapsed time where the job is claimed.
    private static long instant(Job job) {
        return switch (job.state()) {
            case JobState.Scheduled scheduled -> scheduled.untilMicros();
            case JobState.Claimed(var claim) -> claim.expiryElapsedMicros();
            case JobState.Queued _, JobState.Succeeded _, JobState.Dead _, JobState.Cancelled _ -> Long.MAX_VALUE;
        };
    }

    private static int byInstant(Job one, Job other) {
        int byInstant = Long.compare(instant(one), instant(other));
        return byInstant != 0 ? byInstant : one.id.compareTo(other.id);
    }
}
