package io.muster.jobs;

import org.jspecify.annotations.Nullable;

/// Finds workers for quarantined jobs: they run alone, since they may be what killed the workers they were lost on.
///
/// Such a job runs on a worker that has not lost it and that is not on probation, as long as there is one,
/// be it busy: then the job's next end tells whether the job or its worker is to blame. While no worker is
/// idle for the oldest of them, one is kept free for it: one at a time, so that bad jobs never take the
/// whole cluster.
final class Quarantine {
    /// How many of the oldest are looked at in each pool: jobs of one pool mostly wait for the same.
    private static final int LOOKS = 16;

    private final JobIndexes indexes;

    Quarantine(JobIndexes indexes) {
        this.indexes = indexes;
    }

    /// A job and the idle worker that is to have it.
    record Pairing(Job job, Worker worker) {}

    /// The oldest job for which a worker is idle, or null.
    @Nullable Pairing next() {
        Pairing best = null;
        for (Pool pool : indexes.lanes.pools.waiting.withQuarantined()) {
            Pairing match = hasIdle(pool) ? match(pool) : null;
            boolean isOlder = match != null && (best == null || match.job().id.compareTo(best.job().id) < 0);
            best = isOlder ? match : best;
        }
        return best;
    }

    /// Ends a reservation whose job went elsewhere or whose worker can no longer have it.
    void checkReservation() {
        var reservation = indexes.workers.reservation();
        if (reservation == null) {
            return;
        }
        Job job = indexes.lanes.quarantined.get(reservation.job());
        if (job == null || !job.lane().pool().admits(reservation.worker())) {
            indexes.workers.reserve(null);
        }
    }

    /// Sets a worker aside for the oldest job that has none, unless one is set aside already.
    void reserve() {
        if (indexes.workers.reservation() != null) {
            return;
        }
        Pairing oldest = null;
        for (Pool pool : indexes.lanes.pools.waiting.withQuarantined()) {
            int looks = 0;
            for (ConcurrencyGroup group : pool.quarantined.values()) {
                Job job = group.quarantined.firstEntry().getValue();
                boolean isLate = oldest != null && oldest.job().id.compareTo(job.id) < 0;
                if (isLate || looks++ == LOOKS) {
                    break;
                }
                Worker worker = leastLoaded(job);
                if (worker != null) {
                    oldest = new Pairing(job, worker);
                    break;
                }
            }
        }
        if (oldest != null) {
            indexes.workers.reserve(new Workers.Reservation(oldest.worker(), oldest.job().id));
        }
    }

    private boolean hasIdle(Pool pool) {
        Worker reserved = indexes.workers.reserved();
        if (reserved != null && reserved.isIdle()) {
            return true;
        }
        for (WorkerClass workerClass : pool.key.workerClasses()) {
            if (!workerClass.idle.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Pairing match(Pool pool) {
        int looks = 0;
        for (ConcurrencyGroup group : pool.quarantined.values()) {
            Job job = group.quarantined.firstEntry().getValue();
            Worker worker = idleFor(job);
            if (worker != null) {
                return new Pairing(job, worker);
            }
            if (++looks == LOOKS) {
                break;
            }
        }
        return null;
    }

    private @Nullable Worker idleFor(Job job) {
        Pool pool = job.lane().pool();
        boolean isChoosy = hasElsewhere(job, WorkerClass.Subset.PROVEN);
        Worker best = null;
        var reservation = indexes.workers.reservation();
        if (reservation != null && reservation.job().equals(job.id)) {
            Worker reserved = reservation.worker();
            best = reserved.isIdle() && pool.admits(reserved) && isGood(job, reserved, isChoosy) ? reserved : null;
        }
        for (WorkerClass workerClass : pool.key.workerClasses()) {
            if (!pool.allows(workerClass)) {
                continue;
            }
            for (Worker worker : workerClass.idle) {
                if (isGood(job, worker, isChoosy)) {
                    best = best == null || Worker.byPreference(worker, best) < 0 ? worker : best;
                    break;
                }
            }
        }
        return best;
    }

    private @Nullable Worker leastLoaded(Job job) {
        boolean isChoosy = hasElsewhere(job, WorkerClass.Subset.PROVEN);
        boolean canHave = isChoosy
                ? hasElsewhere(job, WorkerClass.Subset.PROVEN_SHARED)
                : job.lane().pool().count(WorkerClass.Subset.SHARED) > 0;
        Worker best = null;
        if (canHave) {
            for (Worker worker : indexes.workers.all()) {
                boolean mayHave =
                        job.lane().pool().admits(worker) && !worker.runsQuarantined && isGood(job, worker, isChoosy);
                boolean isBetter = mayHave && (best == null || Worker.byLoad(worker, best) < 0);
                best = isBetter ? worker : best;
            }
        }
        return best;
    }

    private static boolean isGood(Job job, Worker worker, boolean isChoosy) {
        return !isChoosy || (!worker.isOnProbation() && !job.lostOn().contains(worker.id));
    }

    /// Whether a worker of `part` could have the job under which it was not lost yet.
    private boolean hasElsewhere(Job job, WorkerClass.Subset part) {
        Pool pool = job.lane().pool();
        int count = pool.count(part);
        for (var lostOn : job.lostOn()) {
            Worker worker = indexes.workers.find(lostOn);
            count -= worker != null && pool.admits(worker) && part.covers(worker) ? 1 : 0;
        }
        return count > 0;
    }
}
