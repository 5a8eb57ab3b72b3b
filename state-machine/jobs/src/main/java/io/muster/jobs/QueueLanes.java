package io.muster.jobs;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// The lanes of one queue in one pool.
final class QueueLanes {
    final Pool pool;
    final JobQueue queue;

    /// What the queue had paid when this took its place in the pool. A queue only ever pays more, so a place that
    /// is out of date is too far in front, and is put right when it gets to the very front.
    long pass;

    private final Map<Concurrency, ConcurrencyGroup> groups = new HashMap<>();
    private final TreeSet<ConcurrencyGroup> byPriority =
            new TreeSet<>((one, other) -> LaneRank.byPriority(one.rank(), other.rank()));
    private final TreeSet<ConcurrencyGroup> byAge =
            new TreeSet<>((one, other) -> LaneRank.byAge(one.rank(), other.rank()));

    QueueLanes(Pool pool, JobQueue queue) {
        this.pool = pool;
        this.queue = queue;
    }

    ConcurrencyGroup group(Concurrency concurrency) {
        return groups.computeIfAbsent(concurrency, _ -> new ConcurrencyGroup(this, concurrency));
    }

    /// Forgets a group to which no lane belongs any more.
    void forget(ConcurrencyGroup group) {
        groups.remove(group.concurrency);
        if (groups.isEmpty()) {
            queue.lanesByPool.remove(pool);
        }
    }

    Iterable<ConcurrencyGroup> groups() {
        return groups.values();
    }

    boolean isEmpty() {
        return byPriority.isEmpty();
    }

    ConcurrencyGroup front() {
        return byPriority.first();
    }

    ConcurrencyGroup oldest() {
        return byAge.first();
    }

    void put(ConcurrencyGroup group) {
        group.takePlace();
        byPriority.add(group);
        byAge.add(group);
    }

    void take(ConcurrencyGroup group) {
        byPriority.remove(group);
        byAge.remove(group);
    }

    static int byPass(QueueLanes one, QueueLanes other) {
        int byPass = Long.compare(one.pass, other.pass);
        return byPass != 0 ? byPass : one.queue.name().compareTo(other.queue.name());
    }
}
