package io.muster.jobs;

import java.util.TreeSet;

/// A queue: how it is served, its lanes that can be served, and its counters.
final class JobQueue {
    /// What a queue of weight 1 pays for one pick.
    private static final long STRIDE = 1L << 20;

    private final String name;
    private final TreeSet<Lane> byPriority = new TreeSet<>(Lane::byPriority);
    private final TreeSet<Lane> byAge = new TreeSet<>(Lane::byAge);

    /// Jobs of this queue by state; those of finished states count what has finished since the queue exists.
    final Tally tally = new Tally();

    QueueSettings settings;

    /// What the queue has paid so far for its picks; the lowest is served next.
    long pass;

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

    String name() {
        return name;
    }

    /// Whether nothing of the queue needs to be remembered.
    boolean isForgettable() {
        return tally.standing() == 0 && settings.equals(QueueSettings.initial(name));
    }

    boolean isServable() {
        return settings.flow() == QueueSettings.Flow.OPEN && !byPriority.isEmpty();
    }

    /// Takes up a lane that is worth a look.
    void ready(Lane lane) {
        lane.takePlace();
        lane.standing = Lane.Standing.READY;
        byPriority.add(lane);
        byAge.add(lane);
    }

    /// Drops a lane from those worth a look.
    void unready(Lane lane) {
        byPriority.remove(lane);
        byAge.remove(lane);
    }

    /// The next job in turn: of the highest priority, but every [JobLimits#OLDEST_EVERY]-th time the oldest of all.
    Job next() {
        boolean isTurnOfOldest = picks % JobLimits.OLDEST_EVERY == JobLimits.OLDEST_EVERY - 1;
        return isTurnOfOldest ? byAge.first().oldest() : byPriority.first().front();
    }

    /// Pays for a pick. A queue that had nothing to give out cannot save up for later: it pays from `least` on.
    void pay(long least) {
        picks++;
        pass = Math.max(pass, least) + STRIDE / settings.weight();
    }
}
