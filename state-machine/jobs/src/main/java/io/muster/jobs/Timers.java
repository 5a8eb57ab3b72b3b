package io.muster.jobs;

import io.muster.log.LogTime;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The jobs that something must happen to by itself: scheduled ones are queued at a date, claims expire once their time
/// has passed.
final class Timers {
    private final NavigableSet<Job> byDate = new TreeSet<>(Timers::byDate);
    private final NavigableSet<Job> byElapsed = new TreeSet<>(Timers::byElapsed);

    /// Does nothing to a job that nothing happens to by itself.
    void add(Job job) {
        if (job.state().dueMicros() != JobState.InLedger.NEVER) {
            byDate.add(job);
        }
        if (job.state().dueElapsedMicros() != JobState.InLedger.NEVER) {
            byElapsed.add(job);
        }
    }

    /// Called while the job is still in the state that was added.
    void remove(Job job) {
        if (job.state().dueMicros() != JobState.InLedger.NEVER) {
            byDate.remove(job);
        }
        if (job.state().dueElapsedMicros() != JobState.InLedger.NEVER) {
            byElapsed.remove(job);
        }
    }

    /// The first job that is due at `time`, or null.
    @Nullable Job due(LogTime time) {
        if (!byDate.isEmpty() && byDate.first().state().dueMicros() <= time.micros()) {
            return byDate.first();
        }
        return !byElapsed.isEmpty() && byElapsed.first().state().dueElapsedMicros() <= time.elapsedMicros()
                ? byElapsed.first()
                : null;
    }

    private static int byDate(Job one, Job other) {
        int byDate = Long.compare(one.state().dueMicros(), other.state().dueMicros());
        return byDate != 0 ? byDate : one.id.compareTo(other.id);
    }

    private static int byElapsed(Job one, Job other) {
        int byElapsed =
                Long.compare(one.state().dueElapsedMicros(), other.state().dueElapsedMicros());
        return byElapsed != 0 ? byElapsed : one.id.compareTo(other.id);
    }
}
