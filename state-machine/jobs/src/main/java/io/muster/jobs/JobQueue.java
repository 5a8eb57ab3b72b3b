package io.muster.jobs;

import java.util.HashMap;
import java.util.Map;

/// A queue: how it is served, its lanes, and its counters.
final class JobQueue {
    /// What a queue of weight 1 pays for one pick.
    private static final long STRIDE = 1L << 20;

    private final String name;

    /// Its lanes, by the pool they belong to; looked up, never walked for a choice.
    final Map<Pool, QueueLanes> lanesByPool = new HashMap<>();

    /// Jobs of this queue by state; those of finished states count what has finished since the queue exists.
    final JobStateCounts counts = new JobStateCounts();

    QueueSettings settings;

    /// What the queue has paid so far for its picks; the lowest is served next.
    long pass;

    /// Log time at which a job of it ended last, or at which it was made.
    long lastUsedMicros;

    /// How many jobs it was given slots for.
    long picks;

    JobQueue(String name) {
        this.name = name;
        this.settings = QueueSettings.initial(name);
    }

    static int byPass(JobQueue one, JobQueue other) {
        int byPass = Long.compare(one.pass, other.pass);
        return byPass != 0 ? byPass : one.name.compareTo(other.name);
    }

    static int byLastUse(JobQueue one, JobQueue other) {
        int byLastUse = Long.compare(one.lastUsedMicros, other.lastUsedMicros);
        return byLastUse != 0 ? byLastUse : one.name.compareTo(other.name);
    }

    String name() {
        return name;
    }

    /// Whether nothing of the queue needs to be remembered.
    boolean isForgettable() {
        return counts.inLedger() == 0 && settings.equals(QueueSettings.initial(name));
    }

    /// Whether it is the turn of its oldest job, whatever its priority: every [JobLimits#OLDEST_EVERY]-th time.
    boolean isTurnOfOldest() {
        return picks % JobLimits.OLDEST_EVERY == JobLimits.OLDEST_EVERY - 1;
    }

    /// Pays for a pick. A queue that had nothing to give out cannot save up for later: it pays from `least` on.
    void pay(long least) {
        picks++;
        pass = Math.max(pass, least) + STRIDE / settings.weight();
    }
}
