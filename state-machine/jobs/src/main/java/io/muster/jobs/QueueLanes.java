package io.muster.jobs;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// The lanes of one queue in one pool.
final class QueueLanes {
    final Pool pool;
    final JobQueue queue;

    /// What the queue had paid when the shelf took its place in the pool. A queue only ever pays more, so a place that
    /// is out of date is too far in front, and is put right when it gets to the very front.
    long pass;

    private final Map<Concurrency, ConcurrencyGroup> bundles = new HashMap<>();
    private final TreeSet<ConcurrencyGroup> byPriority = new TreeSet<>(ConcurrencyGroup::byPriority);
    private final TreeSet<ConcurrencyGroup> byAge = new TreeSet<>(ConcurrencyGroup::byAge);

    QueueLanes(Pool pool, JobQueue queue) {
        this.pool = pool;
        this.queue = queue;
    }

    ConcurrencyGroup bundle(Concurrency concurrency) {
        return bundles.computeIfAbsent(concurrency, _ -> new ConcurrencyGroup(this, concurrency));
    }

    /// Forgets a bundle to which no lane belongs any more.
    void forget(ConcurrencyGroup bundle) {
        bundles.remove(bundle.concurrency);
        if (bundles.isEmpty()) {
            queue.shelves.remove(pool);
        }
    }

    Iterable<ConcurrencyGroup> bundles() {
        return bundles.values();
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

    void put(ConcurrencyGroup bundle) {
        bundle.takePlace();
        byPriority.add(bundle);
        byAge.add(bundle);
    }

    void take(ConcurrencyGroup bundle) {
        byPriority.remove(bundle);
        byAge.remove(bundle);
    }

    static int byPass(QueueLanes one, QueueLanes other) {
        int byPass = Long.compare(one.pass, other.pass);
        return byPass != 0 ? byPass : one.queue.name().compareTo(other.queue.name());
    }
}
