package io.muster.jobs;

import org.jspecify.annotations.Nullable;

/// Finds workers for jobs that must run alone, since they may be what killed the workers they were lost under.
///
/// Such a job runs elsewhere than where it was lost, on a worker that is not itself under suspicion, as long as one
/// that
/// could have it lives, be it busy: only then says its next end who is to blame. While no worker is idle for the oldest
/// of them, one is set aside: one at a time, so that bad jobs never take the whole cluster.
final class Solo {
    /// How many of the oldest are looked at in each pool: jobs of one pool mostly wait for the same.
    private static final int LOOKS = 16;

    private final Books books;

    Solo(Books books) {
        this.books = books;
    }

    /// A job and the idle worker that is to have it.
    record Match(Job job, Worker worker) {}

    /// The oldest job for which a worker is idle, or null.
    @Nullable Match next() {
        Match best = null;
        for (Pool pool : books.lanes.pools.withSolo) {
            Match match = hasIdle(pool) ? match(pool) : null;
            boolean isOlder = match != null && (best == null || match.job().id.compareTo(best.job().id) < 0);
            best = isOlder ? match : best;
        }
        return best;
    }

    /// Ends a reservation whose job went elsewhere or whose worker can no longer have it.
    void checkReservation() {
        Worker reserved = books.workers.reserved();
        JobId reservedFor = books.workers.reservedFor();
        if (reserved == null || reservedFor == null) {
            return;
        }
        Job job = books.lanes.solo.get(reservedFor);
        if (job == null || !job.lane.pool().admits(reserved)) {
            books.workers.reserve(null, null);
        }
    }

    /// Sets a worker aside for the oldest job that has none, unless one is set aside already.
    void reserve() {
        if (books.workers.reserved() != null) {
            return;
        }
        Match oldest = null;
        for (Pool pool : books.lanes.pools.withSolo) {
            int looks = 0;
            for (Bundle bundle : pool.solo.values()) {
                Job job = bundle.solo.firstEntry().getValue();
                boolean isLate = oldest != null && oldest.job().id.compareTo(job.id) < 0;
                if (isLate || looks++ == LOOKS) {
                    break;
                }
                Worker worker = leastLoaded(job);
                if (worker != null) {
                    oldest = new Match(job, worker);
                    break;
                }
            }
        }
        if (oldest != null) {
            books.workers.reserve(oldest.worker(), oldest.job().id);
        }
    }

    private boolean hasIdle(Pool pool) {
        Worker reserved = books.workers.reserved();
        if (reserved != null && reserved.isIdle()) {
            return true;
        }
        for (Crew crew : pool.key.crews()) {
            if (!crew.idle.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Match match(Pool pool) {
        int looks = 0;
        for (Bundle bundle : pool.solo.values()) {
            Job job = bundle.solo.firstEntry().getValue();
            Worker worker = idleFor(job);
            if (worker != null) {
                return new Match(job, worker);
            }
            if (++looks == LOOKS) {
                break;
            }
        }
        return null;
    }

    private @Nullable Worker idleFor(Job job) {
        Pool pool = job.lane.pool();
        boolean isChoosy = hasElsewhere(job, Crew.Part.PROVEN);
        Worker best = null;
        Worker reserved = books.workers.reserved();
        if (reserved != null
                && job.id.equals(books.workers.reservedFor())
                && reserved.isIdle()
                && pool.admits(reserved)
                && isGood(job, reserved, isChoosy)) {
            best = reserved;
        }
        for (Crew crew : pool.key.crews()) {
            if (!pool.allows(crew)) {
                continue;
            }
            for (Worker worker : crew.idle) {
                if (isGood(job, worker, isChoosy)) {
                    best = best == null || Worker.byStanding(worker, best) < 0 ? worker : best;
                    break;
                }
            }
        }
        return best;
    }

    private @Nullable Worker leastLoaded(Job job) {
        boolean isChoosy = hasElsewhere(job, Crew.Part.PROVEN);
        boolean canHave = isChoosy
                ? hasElsewhere(job, Crew.Part.PROVEN_SHARED)
                : job.lane.pool().count(Crew.Part.SHARED) > 0;
        Worker best = null;
        if (canHave) {
            for (Worker worker : books.workers.all()) {
                boolean mayHave = job.lane.pool().admits(worker) && !worker.runsSolo && isGood(job, worker, isChoosy);
                boolean isBetter = mayHave && (best == null || Worker.byLoad(worker, best) < 0);
                best = isBetter ? worker : best;
            }
        }
        return best;
    }

    private static boolean isGood(Job job, Worker worker, boolean isChoosy) {
        return !isChoosy || (!worker.isOnProbation() && !job.lostOn.contains(worker.id));
    }

    /// Whether a worker of `part` could have the job under which it was not lost yet.
    private boolean hasElsewhere(Job job, Crew.Part part) {
        Pool pool = job.lane.pool();
        int count = pool.count(part);
        for (var lostOn : job.lostOn) {
            Worker worker = books.workers.find(lostOn);
            count -= worker != null && pool.admits(worker) && part.covers(worker) ? 1 : 0;
        }
        return count > 0;
    }
}
