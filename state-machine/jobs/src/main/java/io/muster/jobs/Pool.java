package io.muster.jobs;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Everything that waits for the same worker classes under the same rule about the leader. Whether its
/// lanes can be served is one question with one answer for all of them, so a slot that comes free wakes a
/// pool and not each of its lanes.
final class Pool {
    /// What makes two pools the same.
    record Key(Set<WorkerClass> workerClasses, QueueSettings.LeaderWorks rule) {}

    final Key key;
    final Set<Demand> demands = new LinkedHashSet<>();

    /// What could be given out if there were a free slot, by queue: the one that has paid least first.
    final TreeSet<QueueLanes> open = new TreeSet<>(QueueLanes::byPass);

    /// The oldest quarantined job of each group that has room under its key and stands in an open queue.
    final TreeMap<JobId, ConcurrencyGroup> quarantined = new TreeMap<>();

    /// Whether a worker with a free slot could serve it, as of the last [#look].
    boolean hasFree;

    private @Nullable PreferredWorkers preferred;

    Pool(Key key) {
        this.key = key;
    }

    /// Whether the queues' rule about the leader's own work lets `workerClass` serve this pool.
    boolean allows(WorkerClass workerClass) {
        return !workerClass.isLeader()
                || switch (key.rule()) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case WHEN_ALONE -> isAlone(workerClass);
                };
    }

    /// Looks anew whether a worker with a free slot could serve it.
    void look() {
        hasFree = false;
        for (WorkerClass workerClass : key.workerClasses()) {
            if (workerClass.hasFree() && allows(workerClass)) {
                hasFree = true;
                return;
            }
        }
    }

    /// Whether `worker` may be given its jobs, free slots aside.
    boolean admits(Worker worker) {
        return worker.isTaking()
                && worker.workerClass != null
                && key.workerClasses().contains(worker.workerClass)
                && allows(worker.workerClass);
    }

    /// How many workers of `part` could serve it.
    int count(WorkerClass.Subset part) {
        int count = 0;
        for (WorkerClass workerClass : key.workerClasses()) {
            count += allows(workerClass) ? workerClass.count(part) : 0;
        }
        return count;
    }

    /// The lanes of the queue that has paid least up to now. Called only while a queue is open.
    QueueLanes first() {
        QueueLanes first = open.first();
        while (first.pass != first.queue.pass) {
            open.remove(first);
            first.pass = first.queue.pass;
            open.add(first);
            first = open.first();
        }
        return first;
    }

    /// The worker to be given a job of an affinity, or of none: the least loaded, or a preferred one with
    /// room. Null when none has room.
    @Nullable Worker best(String affinity) {
        if (!affinity.isEmpty()) {
            for (Worker candidate : preferred().of(affinity)) {
                WorkerClass workerClass = candidate.workerClass;
                if (workerClass != null && allows(workerClass) && workerClass.free.contains(candidate)) {
                    return candidate;
                }
            }
        }
        Worker best = null;
        for (WorkerClass workerClass : key.workerClasses()) {
            if (workerClass.hasFree() && allows(workerClass)) {
                Worker first = workerClass.free.first();
                best = best == null || Worker.byLoad(first, best) < 0 ? first : best;
            }
        }
        return best;
    }

    /// A worker joined or left one of its worker classes.
    void membersChanged() {
        preferred = null;
    }

    private PreferredWorkers preferred() {
        if (preferred == null) {
            preferred = PreferredWorkers.among(key.workerClasses().stream()
                    .flatMap(workerClass -> workerClass.members.values().stream())
                    .toList());
        }
        return preferred;
    }

    private boolean isAlone(WorkerClass leader) {
        for (WorkerClass workerClass : key.workerClasses()) {
            if (workerClass != leader && workerClass.isThere()) {
                return false;
            }
        }
        return true;
    }
}
