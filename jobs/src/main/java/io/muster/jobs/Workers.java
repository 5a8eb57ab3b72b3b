package io.muster.jobs;

import io.muster.cluster.NodeId;
import io.muster.encoding.Invariant;
import io.muster.encoding.InvariantViolation;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All workers, and which of them is to be given the next job.
final class Workers {
    private final TreeMap<NodeId, Worker> workers = new TreeMap<>();

    /// Workers with a free slot, least loaded first. A worker is taken out before anything changes that this order
    /// or its place in it depends on.
    private final TreeSet<Worker> free = new TreeSet<>(Worker::byLoad);

    private final Lanes lanes;

    @Nullable private NodeId leader;

    /// The worker kept free for a job that must run alone, and that job; both null or neither.
    @Nullable private Worker reserved;

    @Nullable private JobId reservedFor;

    Workers(Lanes lanes) {
        this.lanes = lanes;
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
        leader = next;
        lanes.reconsiderAll();
    }

    void add(Worker worker) {
        workers.put(worker.id, worker);
        refile(worker);
        lanes.reconsiderAll();
    }

    void forget(Worker worker) {
        Invariant.check(worker.isGone() && worker.isIdle(), "only a lost worker that holds nothing is forgotten");
        workers.remove(worker.id);
    }

    /// Changes anything about a worker but its claims.
    void change(Worker worker, Runnable change) {
        free.remove(worker);
        change.run();
        refile(worker);
        lanes.reconsiderAll();
    }

    void claim(Worker worker, Job job) {
        free.remove(worker);
        worker.claims.put(job.id, job);
        worker.runsSolo = job.mustRunAlone();
        refile(worker);
    }

    void release(Worker worker, Job job) {
        boolean hadRoom = free.remove(worker);
        Invariant.check(worker.claims.remove(job.id) != null, "a claim is given back by whom it was given to");
        worker.runsSolo = false;
        refile(worker);
        if (!hadRoom && free.contains(worker)) {
            lanes.reconsider(key -> isEligible(worker, key));
        }
    }

    /// Everything that is claimed, oldest first. There are never more of them than slots.
    NavigableMap<JobId, Job> claims() {
        var claims = new TreeMap<JobId, Job>();
        for (Worker worker : workers.values()) {
            claims.putAll(worker.claims);
        }
        return claims;
    }

    boolean hasFree() {
        return !free.isEmpty();
    }

    /// The worker to be given the next job of `key`: the least loaded that may have it, or null.
    ///
    /// With an affinity, the one that ranks highest for it among those with a free slot: ranks are drawn from the
    /// affinity and the name (rendezvous hashing, Thaler and Ravishankar 1998), so no table has to be kept.
    @Nullable Worker best(LaneKey key) {
        Worker best = null;
        for (Worker worker : free) {
            if (!isEligible(worker, key)) {
                continue;
            }
            if (key.affinity().isEmpty()) {
                return worker;
            }
            best = best == null || Long.compareUnsigned(rank(key, worker), rank(key, best)) > 0 ? worker : best;
        }
        return best;
    }

    /// Whether `worker` may be given jobs of `key`, free slots aside.
    boolean isEligible(Worker worker, LaneKey key) {
        return worker.isTaking() && worker.isCapableOf(key) && leaderRuleAllows(worker, key);
    }

    /// Whether the queue's rule about the leader's own work lets `worker` have jobs of `key`.
    boolean leaderRuleAllows(Worker worker, LaneKey key) {
        JobQueue queue = lanes.queueOrNew(key.queue());
        return !worker.id.equals(leader)
                || switch (queue.settings.leaderWorks()) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case WHEN_ALONE -> isAlone(worker, key);
                };
    }

    /// Which worker jobs of `key` would wait for in vain, or null.
    Stall.@Nullable Missing missing(LaneKey key) {
        boolean isAnyoneThere = false;
        boolean hasHandler = false;
        boolean isCapable = false;
        for (Worker worker : workers.values()) {
            if (worker.isGone()) {
                continue;
            }
            if (isEligible(worker, key)) {
                return null;
            }
            isAnyoneThere = true;
            hasHandler |= worker.handles(key.type());
            isCapable |= worker.isCapableOf(key);
        }
        if (!isAnyoneThere) {
            return new Stall.Missing.Workers();
        }
        if (!hasHandler) {
            return new Stall.Missing.Handler(key.type());
        }
        return isCapable
                ? new Stall.Missing.Taker(key.type(), key.labels())
                : new Stall.Missing.WithLabels(key.type(), key.labels());
    }

    /// Sets aside a worker for a job that must run alone, unless one is set aside already: one at a time, so that bad
    /// jobs never take the whole cluster.
    void reserve(Job job) {
        if (reserved != null) {
            return;
        }
        for (Worker worker : workers.values()) {
            boolean isBetter = reserved == null || Worker.byLoad(worker, reserved) < 0;
            if (isEligible(worker, job.lane.key()) && !worker.runsSolo && isBetter) {
                reserved = worker;
            }
        }
        if (reserved != null) {
            reservedFor = job.id;
            free.remove(reserved);
        }
    }

    /// Ends a reservation whose job went elsewhere or whose worker can no longer have it.
    void checkReservation() {
        if (reserved == null) {
            return;
        }
        Job job = lanes.solo.get(reservedFor);
        if (job == null || !isEligible(reserved, job.lane.key())) {
            Worker worker = reserved;
            reserve(null, null);
            refile(worker);
            lanes.reconsiderAll();
        }
    }

    /// Whether looking for a place for a job that must run alone can lead to anything: not while one worker is set
    /// aside and no other is idle.
    boolean canServeSolo() {
        boolean canServe = false;
        for (Worker worker : workers.values()) {
            canServe |= worker.isTaking() && (reserved == null || worker.isIdle());
        }
        return canServe;
    }

    /// An idle worker for a job that must run alone, or null.
    @Nullable Worker idleFor(Job job) {
        for (Worker worker : workers.values()) {
            boolean isKeptForAnother = worker == reserved && !job.id.equals(reservedFor);
            if (worker.isIdle() && !isKeptForAnother && isEligible(worker, job.lane.key())) {
                return worker;
            }
        }
        return null;
    }

    @Nullable Worker reserved() {
        return reserved;
    }

    @Nullable JobId reservedFor() {
        return reservedFor;
    }

    /// Puts back what a snapshot holds.
    void restore(@Nullable NodeId restoredLeader, @Nullable Worker restoredReserved, @Nullable JobId restoredFor) {
        leader = restoredLeader;
        reserve(restoredReserved, restoredFor);
        if (restoredReserved != null) {
            free.remove(restoredReserved);
        }
    }

    private void reserve(@Nullable Worker worker, @Nullable JobId job) {
        reserved = worker;
        reservedFor = job;
    }

    private boolean isAlone(Worker worker, LaneKey key) {
        for (Worker other : workers.values()) {
            boolean isThere = !other.isGone()
                    && other.offer().intake() == Offer.Intake.OPEN
                    && other.offer().slots() > 0;
            if (other != worker && isThere && other.isCapableOf(key)) {
                return false;
            }
        }
        return true;
    }

    private void refile(Worker worker) {
        boolean hasRoom = worker.isTaking()
                && worker.claims.size() < worker.offer().slots()
                && !worker.runsSolo
                && worker != reserved;
        if (hasRoom) {
            free.add(worker);
        }
    }

    private static long rank(LaneKey key, Worker worker) {
        return RetryPolicy.mix(
                key.affinity().hashCode() * 31L + worker.id.value().hashCode());
    }
}
