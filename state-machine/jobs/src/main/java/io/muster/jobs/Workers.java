package io.muster.jobs;

import io.muster.encoding.Invariant;
import io.muster.encoding.InvariantViolation;
import io.muster.log.NodeId;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All workers, by name and by worker class.
final class Workers {
    private final TreeMap<NodeId, Worker> workers = new TreeMap<>();

    private final Set<Worker> onProbation = new LinkedHashSet<>();
    private final TreeSet<Worker> lost = new TreeSet<>(Workers::byGoing);
    private final TreeSet<Worker> left = new TreeSet<>(Workers::byGoing);
    private final Pools pools;

    @Nullable private NodeId leader;

    @Nullable private Reservation reservation;

    /// A worker kept free for a quarantined job.
    record Reservation(Worker worker, JobId job) {}

    Workers(Pools pools) {
        this.pools = pools;
    }

    Collection<Worker> all() {
        return workers.values();
    }

    @Nullable Worker find(NodeId id) {
        return workers.get(id);
    }

    @Nullable NodeId leader() {
        return leader;
    }

    /// The worker of that name, which is known to be there.
    Worker get(NodeId id) {
        Worker worker = workers.get(id);
        if (worker == null) {
            throw new InvariantViolation("no worker is called " + id);
        }
        return worker;
    }

    void leader(NodeId next) {
        NodeId before = leader;
        leader = next;
        for (NodeId each : Arrays.asList(before, next)) {
            Worker worker = each == null ? null : workers.get(each);
            if (worker != null) {
                refile(worker, () -> {});
            }
        }
    }

    void add(Worker worker) {
        workers.put(worker.id, worker);
        refile(worker, () -> {});
    }

    /// Forgets those that have been gone for long enough, and the longest gone of too many.
    void forgetGone(long nowMicros) {
        forgetGone(lost, nowMicros - JobLimits.LOST_WORKER_LIFE_MICROS);
        forgetGone(left, nowMicros - JobLimits.LEFT_WORKER_LIFE_MICROS);
    }

    /// Forgets the longest gone of all, if any is gone.
    boolean forgetOneGone() {
        NavigableSet<Worker> from = left.isEmpty() ? lost : left;
        if (from.isEmpty()) {
            return false;
        }
        forget(from.first());
        return true;
    }

    private void forgetGone(NavigableSet<Worker> gone, long untilMicros) {
        while (!gone.isEmpty()
                && (gone.size() > JobLimits.MAX_GONE_WORKERS || gone.first().sinceMicros <= untilMicros)) {
            forget(gone.first());
        }
    }

    private void forget(Worker worker) {
        Invariant.check(
                worker.isGone() && worker.isIdle(), "only a worker that is gone and holds nothing is forgotten");
        lost.remove(worker);
        left.remove(worker);
        workers.remove(worker.id);
        onProbation.remove(worker);
    }

    /// It works as the process `incarnation` from now on.
    void join(Worker worker, long incarnation, Capacity capacity, long nowMicros) {
        refile(worker, () -> {
            worker.begin(incarnation, capacity);
            worker.changeState(WorkerState.ACTIVE, "", nowMicros);
        });
    }

    /// It offers something else from now on.
    void changeCapacity(Worker worker, Capacity capacity) {
        refile(worker, () -> worker.changeCapacity(capacity));
    }

    void changeState(Worker worker, WorkerState state, String reason, long nowMicros) {
        refile(worker, () -> worker.changeState(state, reason, nowMicros));
    }

    /// It lost the runs that it held, if it held any.
    void setBack(Worker worker, long elapsedMicros) {
        refile(worker, () -> Probation.noteSetback(worker, elapsedMicros));
    }

    /// One of its runs succeeded.
    void succeeded(Worker worker) {
        if (worker.isOnProbation()) {
            refile(worker, () -> Probation.grow(worker));
        }
    }

    /// Carries out a change to anything about a worker but its claims, and puts it where it belongs then.
    private void refile(Worker worker, Runnable change) {
        WorkerClass before = worker.workerClass;
        if (before != null) {
            before.strike(worker);
        }
        lost.remove(worker);
        left.remove(worker);
        change.run();
        switch (worker.state) {
            case LOST -> lost.add(worker);
            case LEFT -> left.add(worker);
            case ACTIVE, SUSPENDED -> {
                // it is there
            }
        }
        if (worker.isOnProbation()) {
            onProbation.add(worker);
        } else {
            onProbation.remove(worker);
        }
        WorkerClass.Key key = WorkerClass.Key.of(worker, leader);
        if (worker.isGone()) {
            leaveClass(worker);
        } else if (before == null || !before.key.equals(key)) {
            leaveClass(worker);
            worker.workerClass = pools.workerClass(key);
            pools.join(worker.workerClass, worker);
        }
        if (worker.workerClass != null) {
            worker.workerClass.file(worker, worker == reserved());
            pools.refresh(worker.workerClass);
        }
    }

    private void leaveClass(Worker worker) {
        WorkerClass before = worker.workerClass;
        worker.workerClass = null;
        if (before != null) {
            pools.refresh(before);
            pools.part(before, worker);
        }
    }

    void claim(Worker worker, Job job) {
        touch(worker, () -> {
            worker.claims.put(job.id, job);
            worker.runsQuarantined = job.isQuarantined();
        });
    }

    void release(Worker worker, Job job) {
        touch(worker, () -> {
            Invariant.check(worker.claims.remove(job.id) != null, "a claim is given back by whom it was given to");
            worker.runsQuarantined = false;
        });
    }

    /// Trusts those again whose last setback is long past.
    void endProbations(long elapsedMicros) {
        if (onProbation.isEmpty()) {
            return;
        }
        for (Worker worker : List.copyOf(onProbation)) {
            if (Probation.isOver(worker, elapsedMicros)) {
                refile(worker, () -> Probation.end(worker));
            }
        }
    }

    /// Whether one of them is to be trusted again: what waits for its slots must not wait for another entry.
    boolean hasProbationToEnd(long elapsedMicros) {
        return onProbation.stream().anyMatch(worker -> Probation.isOver(worker, elapsedMicros));
    }

    /// Everything that is claimed, oldest first. There are never more of them than slots.
    NavigableMap<JobId, Job> claims() {
        var claims = new TreeMap<JobId, Job>();
        for (Worker worker : workers.values()) {
            claims.putAll(worker.claims);
        }
        return claims;
    }

    /// Which worker jobs of `lane` would wait for in vain, or null.
    Obstacle.@Nullable Lasting lastingObstacle(Lane lane) {
        LaneKey key = lane.key();
        Pool pool = lane.pool();
        if (pool.count(WorkerClass.Subset.TAKING) > 0) {
            return null;
        }
        if (!pool.key.workerClasses().isEmpty()) {
            return new Obstacle.NoTaker(key.type(), key.labels());
        }
        boolean isAnyoneThere = false;
        for (Worker worker : workers.values()) {
            if (!worker.isGone() && worker.handles(key.type())) {
                return new Obstacle.NoLabels(key.type(), key.labels());
            }
            isAnyoneThere |= !worker.isGone();
        }
        return isAnyoneThere ? new Obstacle.NoHandler(key.type()) : new Obstacle.NoWorkers();
    }

    @Nullable Reservation reservation() {
        return reservation;
    }

    /// The worker that is kept free, if one is.
    @Nullable Worker reserved() {
        return reservation == null ? null : reservation.worker();
    }

    /// Keeps a worker free from now on, and the one before no longer.
    void reserve(@Nullable Reservation next) {
        Worker before = reserved();
        reservation = next;
        for (Worker each : Arrays.asList(before, reserved())) {
            if (each != null) {
                touch(each, () -> {});
            }
        }
    }

    private static int byGoing(Worker one, Worker other) {
        int bySince = Long.compare(one.sinceMicros, other.sinceMicros);
        return bySince != 0 ? bySince : one.id.compareTo(other.id);
    }

    /// Changes what a worker holds, and tells the pools where that gives or takes the last free slot of its class.
    private void touch(Worker worker, Runnable change) {
        WorkerClass workerClass = worker.workerClass;
        if (workerClass == null) {
            change.run();
            return;
        }
        boolean hadFree = workerClass.hasFree();
        workerClass.strike(worker);
        change.run();
        workerClass.file(worker, worker == reserved());
        if (hadFree != workerClass.hasFree()) {
            pools.refresh(workerClass);
        }
    }
}
