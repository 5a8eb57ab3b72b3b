package io.muster.jobs;

import io.muster.encoding.Invariant;
import io.muster.encoding.InvariantViolation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings what waits together with who could serve it. What is asked (a [Demand]) and who is there (a
/// [WorkerClass]) are matched when one of either comes or goes; from then on a job, a slot or a place
/// under a concurrency key that comes or goes moves one thing, whatever the number of lanes.
///
/// All of this is knowledge, not state: a ledger read back from a snapshot builds it up anew and gives out the same
/// jobs. Nothing may depend on the order of a set or map here: what is chosen is always the least of a total order.
final class Pools {
    /// A lane often comes back soon, as when each job has an affinity of its own: what its demand matches is kept for
    /// this many demands, so that it is not found out again for each job.
    private static final int MAX_UNUSED = 1_000;

    private final Map<Demand.Key, Demand> demands = new HashMap<>();
    /// Those of them without a lane, longest without one first.
    private final LinkedHashSet<Demand> unused = new LinkedHashSet<>();

    private final Map<WorkerClass.Key, WorkerClass> workerClasses = new HashMap<>();
    private final Map<Pool.Key, Pool> pools = new HashMap<>();
    private final Map<String, Set<ConcurrencyGroup>> byConcurrencyKey = new HashMap<>();
    private final Map<String, Integer> runningByKey = new HashMap<>();

    /// Pools in which a job waits and a slot is free for it.
    private final Set<Pool> live = new LinkedHashSet<>();

    /// Pools in which a job waits that must run alone.
    final Set<Pool> withSolo = new LinkedHashSet<>();

    // Lanes

    /// Finds the place of a new lane.
    void enter(Lane lane) {
        Demand demand = demands.computeIfAbsent(Demand.Key.of(lane.key()), key -> newDemand(key, lane.queue()));
        unused.remove(demand);
        demand.lanes.add(lane);
        lane.demand = demand;
        settle(lane);
    }

    /// Forgets a lane in which nothing waits.
    void leave(Lane lane) {
        Demand demand = lane.demand();
        unsettle(lane);
        demand.lanes.remove(lane);
        if (demand.lanes.isEmpty()) {
            unused.add(demand);
        }
        if (unused.size() > MAX_UNUSED) {
            Demand longest = unused.removeFirst();
            demands.remove(longest.key);
            leavePool(longest);
        }
    }

    /// Carries out a change to the jobs that wait in `lane`.
    void change(Lane lane, Runnable change) {
        ConcurrencyGroup bundle = lane.bundle();
        withdraw(bundle);
        bundle.remove(lane);
        change.run();
        if (!lane.isEmpty()) {
            bundle.add(lane);
        }
        offer(bundle);
    }

    void addSolo(Job job) {
        ConcurrencyGroup bundle = job.lane().bundle();
        withdraw(bundle);
        bundle.solo.put(job.id, job);
        offer(bundle);
    }

    void removeSolo(Job job) {
        ConcurrencyGroup bundle = job.lane().bundle();
        withdraw(bundle);
        bundle.solo.remove(job.id);
        offer(bundle);
    }

    // Concurrency keys

    boolean hasRoom(Concurrency concurrency) {
        return !concurrency.isLimited() || runningByKey.getOrDefault(concurrency.key(), 0) < concurrency.limit();
    }

    /// One more job runs under the key, or one less.
    void runningChanged(Concurrency concurrency, int change) {
        if (!concurrency.isLimited()) {
            return;
        }
        int before = runningByKey.getOrDefault(concurrency.key(), 0);
        int now = before + change;
        List<ConcurrencyGroup> turned = byConcurrencyKey.getOrDefault(concurrency.key(), Set.of()).stream()
                .filter(bundle -> (before < bundle.concurrency.limit()) != (now < bundle.concurrency.limit()))
                .toList();
        turned.forEach(this::withdraw);
        if (now == 0) {
            runningByKey.remove(concurrency.key());
        } else {
            runningByKey.put(concurrency.key(), now);
        }
        turned.forEach(this::offer);
    }

    // Queues

    /// Changes how a queue is served.
    void configure(JobQueue queue, QueueSettings settings) {
        var rule = settings.leaderWorks();
        boolean isNewRule = queue.settings.leaderWorks() != rule;
        List<QueueLanes> shelves = List.copyOf(queue.shelves.values());
        shelves.forEach(shelf -> shelf.bundles().forEach(this::withdraw));
        queue.settings = settings;
        shelves.forEach(shelf -> shelf.bundles().forEach(this::offer));
        if (isNewRule) {
            for (Demand demand : List.copyOf(demands.values())) {
                if (demand.key.queue().equals(queue.name())) {
                    move(demand, pool(new Pool.Key(demand.pool.key.workerClasses(), rule)));
                }
            }
        }
    }

    /// The next job in turn that a free slot is there for, or null. Between queues the one that has paid least is next;
    /// within it the job of the highest priority, but now and then the oldest of all.
    @Nullable Job next() {
        JobQueue queue = null;
        for (Pool pool : live) {
            JobQueue first = pool.first().queue;
            queue = queue == null || JobQueue.byPass(first, queue) < 0 ? first : queue;
        }
        if (queue == null) {
            return null;
        }
        return queue.isTurnOfOldest()
                ? oldest(queue).oldest().oldest()
                : front(queue).front().front();
    }

    // Crews

    /// The crew of a worker that has these handlers and labels, made if need be.
    WorkerClass workerClass(WorkerClass.Key key) {
        WorkerClass workerClass = workerClasses.get(key);
        return workerClass == null ? newCrew(key) : workerClass;
    }

    void join(WorkerClass workerClass, Worker worker) {
        workerClass.members.put(worker.id, worker);
        workerClass.pools.forEach(Pool::membersChanged);
    }

    void part(WorkerClass workerClass, Worker worker) {
        workerClass.members.remove(worker.id);
        workerClass.pools.forEach(Pool::membersChanged);
        if (workerClass.members.isEmpty()) {
            workerClasses.remove(workerClass.key);
            for (Pool pool : List.copyOf(workerClass.pools)) {
                var others = new HashSet<>(pool.key.workerClasses());
                others.remove(workerClass);
                moveAll(pool, pool(new Pool.Key(Set.copyOf(others), pool.key.rule())));
            }
        }
    }

    /// Something about the members of `workerClass` changed that decides which pools can be served.
    void refresh(WorkerClass workerClass) {
        for (Pool pool : workerClass.pools) {
            pool.look();
            refresh(pool);
        }
    }

    // Inside

    private Demand newDemand(Demand.Key key, JobQueue queue) {
        Set<WorkerClass> capable = new HashSet<>();
        for (WorkerClass workerClass : workerClasses.values()) {
            if (workerClass.isCapableOf(key.type(), key.labels())) {
                capable.add(workerClass);
            }
        }
        Pool pool = pool(new Pool.Key(Set.copyOf(capable), queue.settings.leaderWorks()));
        var demand = new Demand(key, pool);
        pool.demands.add(demand);
        return demand;
    }

    private WorkerClass newCrew(WorkerClass.Key key) {
        var workerClass = new WorkerClass(key);
        workerClasses.put(key, workerClass);
        Map<Pool, Pool> targets = new HashMap<>();
        for (Demand demand : List.copyOf(demands.values())) {
            if (workerClass.isCapableOf(demand.key.type(), demand.key.labels())) {
                move(demand, targets.computeIfAbsent(demand.pool, pool -> with(pool, workerClass)));
            }
        }
        return workerClass;
    }

    private Pool with(Pool pool, WorkerClass workerClass) {
        var more = new HashSet<>(pool.key.workerClasses());
        more.add(workerClass);
        return pool(new Pool.Key(Set.copyOf(more), pool.key.rule()));
    }

    private Pool pool(Pool.Key key) {
        return pools.computeIfAbsent(key, _ -> {
            var pool = new Pool(key);
            key.workerClasses().forEach(workerClass -> workerClass.pools.add(pool));
            pool.look();
            return pool;
        });
    }

    private void moveAll(Pool from, Pool to) {
        List.copyOf(from.demands).forEach(demand -> move(demand, to));
    }

    private void move(Demand demand, Pool to) {
        if (demand.pool == to) {
            return;
        }
        demand.lanes.forEach(this::unsettle);
        leavePool(demand);
        demand.pool = to;
        to.demands.add(demand);
        demand.lanes.forEach(this::settle);
    }

    private void leavePool(Demand demand) {
        Pool pool = demand.pool;
        pool.demands.remove(demand);
        if (pool.demands.isEmpty()) {
            Invariant.check(pool.open.isEmpty() && pool.solo.isEmpty(), "a pool without demands has nothing waiting");
            pools.remove(pool.key);
            live.remove(pool);
            withSolo.remove(pool);
            pool.key.workerClasses().forEach(workerClass -> workerClass.pools.remove(pool));
        }
    }

    private void settle(Lane lane) {
        QueueLanes shelf =
                lane.queue().shelves.computeIfAbsent(lane.demand().pool, pool -> new QueueLanes(pool, lane.queue()));
        ConcurrencyGroup bundle = shelf.bundle(lane.key().concurrency());
        withdraw(bundle);
        bundle.members++;
        lane.bundle = bundle;
        if (!lane.isEmpty()) {
            bundle.add(lane);
        }
        bundle.solo.putAll(lane.solo());
        if (bundle.concurrency.isLimited()) {
            byConcurrencyKey
                    .computeIfAbsent(bundle.concurrency.key(), _ -> new LinkedHashSet<>())
                    .add(bundle);
        }
        offer(bundle);
    }

    private void unsettle(Lane lane) {
        ConcurrencyGroup bundle = lane.bundle();
        withdraw(bundle);
        bundle.remove(lane);
        lane.solo().keySet().forEach(bundle.solo::remove);
        bundle.members--;
        lane.bundle = null;
        offer(bundle);
        if (bundle.members > 0) {
            return;
        }
        bundle.shelf.forget(bundle);
        Set<ConcurrencyGroup> ofKey = byConcurrencyKey.get(bundle.concurrency.key());
        if (ofKey != null) {
            ofKey.remove(bundle);
            if (ofKey.isEmpty()) {
                byConcurrencyKey.remove(bundle.concurrency.key());
            }
        }
    }

    /// Takes a bundle from its shelf before anything about it changes.
    private void withdraw(ConcurrencyGroup bundle) {
        if (!isOpen(bundle)) {
            return;
        }
        QueueLanes shelf = bundle.shelf;
        Pool pool = shelf.pool;
        if (!bundle.solo.isEmpty()) {
            pool.solo.remove(bundle.solo.firstKey());
        }
        if (!bundle.isEmpty()) {
            shelf.take(bundle);
            if (shelf.isEmpty()) {
                pool.open.remove(shelf);
            }
        }
    }

    /// Puts a bundle on its shelf, if anything of it could be given out.
    private void offer(ConcurrencyGroup bundle) {
        QueueLanes shelf = bundle.shelf;
        Pool pool = shelf.pool;
        if (isOpen(bundle)) {
            if (!bundle.solo.isEmpty()) {
                pool.solo.put(bundle.solo.firstKey(), bundle);
            }
            if (!bundle.isEmpty()) {
                if (shelf.isEmpty()) {
                    shelf.pass = shelf.queue.pass;
                    pool.open.add(shelf);
                }
                shelf.put(bundle);
            }
        }
        refresh(pool);
    }

    private boolean isOpen(ConcurrencyGroup bundle) {
        return bundle.shelf.queue.settings.flow() == QueueSettings.Flow.OPEN && hasRoom(bundle.concurrency);
    }

    private void refresh(Pool pool) {
        if (!pool.open.isEmpty() && pool.hasFree) {
            live.add(pool);
        } else {
            live.remove(pool);
        }
        if (pool.solo.isEmpty()) {
            withSolo.remove(pool);
        } else {
            withSolo.add(pool);
        }
    }

    private ConcurrencyGroup front(JobQueue queue) {
        ConcurrencyGroup front = null;
        for (Pool pool : live) {
            QueueLanes shelf = queue.shelves.get(pool);
            if (shelf != null && !shelf.isEmpty()) {
                ConcurrencyGroup next = shelf.front();
                front = front == null || ConcurrencyGroup.byPriority(next, front) < 0 ? next : front;
            }
        }
        return found(front);
    }

    private ConcurrencyGroup oldest(JobQueue queue) {
        ConcurrencyGroup oldest = null;
        for (Pool pool : live) {
            QueueLanes shelf = queue.shelves.get(pool);
            if (shelf != null && !shelf.isEmpty()) {
                ConcurrencyGroup next = shelf.oldest();
                oldest = oldest == null || ConcurrencyGroup.byAge(next, oldest) < 0 ? next : oldest;
            }
        }
        return found(oldest);
    }

    private static ConcurrencyGroup found(@Nullable ConcurrencyGroup bundle) {
        if (bundle == null) {
            throw new InvariantViolation("a queue that can be served has something to serve");
        }
        return bundle;
    }
}
