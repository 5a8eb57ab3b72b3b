package io.muster.jobs;

import io.muster.encoding.Invariant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private final ConcurrencyLimits limits = new ConcurrencyLimits();

    /// Those of them in which a job waits.
    final WaitingPools waiting = new WaitingPools();

    // Lanes

    /// Finds the place of a new lane.
    void enter(Lane lane) {
        Demand demand = demands.computeIfAbsent(Demand.Key.of(lane.key()), key -> newDemand(key, lane.queue()));
        unused.remove(demand);
        demand.lanes.add(lane);
        lane.demand = demand;
        place(lane);
    }

    /// Forgets a lane in which nothing waits.
    void leave(Lane lane) {
        Demand demand = lane.demand();
        displace(lane);
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
        ConcurrencyGroup group = lane.group();
        takeOut(group);
        group.remove(lane);
        change.run();
        if (!lane.isEmpty()) {
            group.add(lane);
        }
        putBack(group);
    }

    void addQuarantined(Job job) {
        ConcurrencyGroup group = job.lane().group();
        takeOut(group);
        group.quarantined.put(job.id, job);
        putBack(group);
    }

    void removeQuarantined(Job job) {
        ConcurrencyGroup group = job.lane().group();
        takeOut(group);
        group.quarantined.remove(job.id);
        putBack(group);
    }

    // Concurrency keys

    boolean hasRoom(Concurrency concurrency) {
        return limits.hasRoom(concurrency);
    }

    /// One more job runs under the key, or one less.
    void runningChanged(Concurrency concurrency, int change) {
        List<ConcurrencyGroup> turned = limits.turnedBy(concurrency, change);
        turned.forEach(this::takeOut);
        limits.count(concurrency, change);
        turned.forEach(this::putBack);
    }

    // Queues

    /// Changes how a queue is served.
    void configure(JobQueue queue, QueueSettings settings) {
        var rule = settings.leaderWorks();
        boolean isNewRule = queue.settings.leaderWorks() != rule;
        List<QueueLanes> lanesByPool = List.copyOf(queue.lanesByPool.values());
        lanesByPool.forEach(queueLanes -> queueLanes.groups().forEach(this::takeOut));
        queue.settings = settings;
        lanesByPool.forEach(queueLanes -> queueLanes.groups().forEach(this::putBack));
        if (isNewRule) {
            for (Demand demand : List.copyOf(demands.values())) {
                if (demand.key.queue().equals(queue.name())) {
                    move(demand, pool(new Pool.Key(demand.pool.key.workerClasses(), rule)));
                }
            }
        }
    }

    // Worker classes

    /// The class of a worker that has these handlers and labels, made if need be.
    WorkerClass workerClass(WorkerClass.Key key) {
        WorkerClass workerClass = workerClasses.get(key);
        return workerClass == null ? newWorkerClass(key) : workerClass;
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
            waiting.look(pool);
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

    private WorkerClass newWorkerClass(WorkerClass.Key key) {
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
        demand.lanes.forEach(this::displace);
        leavePool(demand);
        demand.pool = to;
        to.demands.add(demand);
        demand.lanes.forEach(this::place);
    }

    private void leavePool(Demand demand) {
        Pool pool = demand.pool;
        pool.demands.remove(demand);
        if (pool.demands.isEmpty()) {
            Invariant.check(
                    pool.open.isEmpty() && pool.quarantined.isEmpty(), "a pool without demands has nothing waiting");
            pools.remove(pool.key);
            waiting.forget(pool);
            pool.key.workerClasses().forEach(workerClass -> workerClass.pools.remove(pool));
        }
    }

    private void place(Lane lane) {
        QueueLanes queueLanes = lane.queue()
                .lanesByPool
                .computeIfAbsent(lane.demand().pool, pool -> new QueueLanes(pool, lane.queue()));
        ConcurrencyGroup group = queueLanes.group(lane.key().concurrency());
        takeOut(group);
        group.members++;
        lane.group = group;
        if (!lane.isEmpty()) {
            group.add(lane);
        }
        group.quarantined.putAll(lane.quarantined());
        limits.add(group);
        putBack(group);
    }

    private void displace(Lane lane) {
        ConcurrencyGroup group = lane.group();
        takeOut(group);
        group.remove(lane);
        lane.quarantined().keySet().forEach(group.quarantined::remove);
        group.members--;
        lane.group = null;
        putBack(group);
        if (group.members == 0) {
            group.queueLanes.forget(group);
            limits.remove(group);
        }
    }

    /// Takes a group out of its place before anything about it changes.
    private void takeOut(ConcurrencyGroup group) {
        if (!isOpen(group)) {
            return;
        }
        QueueLanes queueLanes = group.queueLanes;
        Pool pool = queueLanes.pool;
        if (!group.quarantined.isEmpty()) {
            pool.quarantined.remove(group.quarantined.firstKey());
        }
        if (!group.isEmpty()) {
            queueLanes.take(group);
            if (queueLanes.isEmpty()) {
                pool.open.remove(queueLanes);
            }
        }
    }

    /// Puts a group in its place, if anything of it could be given out.
    private void putBack(ConcurrencyGroup group) {
        QueueLanes queueLanes = group.queueLanes;
        Pool pool = queueLanes.pool;
        if (isOpen(group)) {
            if (!group.quarantined.isEmpty()) {
                pool.quarantined.put(group.quarantined.firstKey(), group);
            }
            if (!group.isEmpty()) {
                if (queueLanes.isEmpty()) {
                    queueLanes.pass = queueLanes.queue.pass;
                    pool.open.add(queueLanes);
                }
                queueLanes.put(group);
            }
        }
        waiting.look(pool);
    }

    private boolean isOpen(ConcurrencyGroup group) {
        return group.queueLanes.queue.settings.flow() == QueueSettings.Flow.OPEN && hasRoom(group.concurrency);
    }
}
