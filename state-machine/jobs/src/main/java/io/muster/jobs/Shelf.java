package io.muster.jobs;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// The lanes of one queue in one pool.
final class Shelf {
    final Pool pool;
    final JobQueue queue;

    /// What the queue had paid when the shelf took its place in the pool. A queue only ever pays more, so a place that
    /// is out of date is too far in front, and is put right when it gets to the very front.
    long pass;

    private final Map<Concurrency, Bundle> bundles = new HashMap<>();
    private final TreeSet<Bundle> byPriority = new TreeSet<>(Bundle::byPriority);
    private final TreeSet<Bundle> byAge = new TreeSet<>(Bundle::byAge);

    Shelf(Pool pool, JobQueue queue) {
        this.pool = pool;
        this.queue = queue;
    }

    Bundle bundle(Concurrency concurrency) {
        return bundles.computeIfAbsent(concurrency, _ -> new Bundle(this, concurrency));
    }

    /// Forgets a bundle to which no lane belongs any more.
    void forget(Bundle bundle) {
        bundles.remove(bundle.concurrency);
        if (bundles.isEmpty()) {
            queue.shelves.remove(pool);
        }
    }

    Iterable<Bundle> bundles() {
        return bundles.values();
    }

    boolean isEmpty() {
        return byPriority.isEmpty();
    }

    Bundle front() {
        return byPriority.first();
    }

    Bundle oldest() {
        return byAge.first();
    }

    void put(Bundle bundle) {
        bundle.takePlace();
        byPriority.add(bundle);
        byAge.add(bundle);
    }

    void take(Bundle bundle) {
        byPriority.remove(bundle);
        byAge.remove(bundle);
    }

    static int byPass(Shelf one, Shelf other) {
        int byPass = Long.compare(one.pass, other.pass);
        return byPass != 0 ? byPass : one.queue.name().compareTo(other.queue.name());
    }
}
