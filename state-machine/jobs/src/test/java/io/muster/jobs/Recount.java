package io.muster.jobs;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Counts everything in a ledger anew and compares it with what the indexes say. It runs after every entry of a
/// random run, so it compares by hand: an assertion object for each comparison costs more than the ledger does.
final class Recount {
    private static final List<JobState.Kind> IN_LEDGER =
            List.of(JobState.Kind.SCHEDULED, JobState.Kind.QUEUED, JobState.Kind.CLAIMED, JobState.Kind.DEAD);

    private final JobIndexes indexes;
    private final Map<JobState.Kind, Long> counts = new EnumMap<>(JobState.Kind.class);
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<JobId, Worker> holders = new HashMap<>();
    private long payload;
    private int unique;

    Recount(JobLedger ledger) {
        this.indexes = ledger.indexes();
    }

    /// Checks what must hold after every entry.
    void check() {
        indexes.workers.all().forEach(this::checkWorker);
        indexes.jobs.all().forEach(this::checkJob);
        for (JobState.Kind kind : IN_LEDGER) {
            long inQueues = indexes.lanes.queues().stream()
                    .mapToLong(queue -> queue.counts.of(kind))
                    .sum();
            same(() -> "jobs that are " + kind, counts.getOrDefault(kind, 0L), indexes.counts.of(kind));
            same(() -> "jobs in queues that are " + kind, counts.getOrDefault(kind, 0L), inQueues);
        }
        same(() -> "scheduled", counts.getOrDefault(JobState.Kind.SCHEDULED, 0L), (long) indexes.scheduled.size());
        same(() -> "payload", payload, indexes.jobs.bytes());
        same(() -> "unique keys", unique, indexes.uniqueKeys.size());
        same(() -> "claims", counts.getOrDefault(JobState.Kind.CLAIMED, 0L), (long) holders.size());
        indexes.lanes.lanes().forEach(this::checkLane);
    }

    private void checkJob(Job job) {
        counts.merge(job.state().kind(), 1L, Long::sum);
        payload += job.weight();
        boolean isQueued = job.state() instanceof JobState.Queued;
        boolean isWaiting = (job.bucket() != null) ^ indexes.lanes.quarantined.containsKey(job.id);
        boolean isDead = job.state() instanceof JobState.Dead;
        same(() -> job.id + " waits in one place exactly if it is queued", isQueued, isWaiting);
        boolean isScheduled = job.state() instanceof JobState.Scheduled;
        same(() -> job.id + " waits for its time", isScheduled, indexes.scheduled.containsKey(job.id));
        same(() -> job.id + " is a dead letter if dead", isDead, indexes.deadLetters.containsKey(job.id));
        checkClaim(job);
        if (job.state().kind().isLive() && !job.spec.uniqueKey().isEmpty()) {
            unique++;
            same(() -> "who has " + job.spec.uniqueKey(), job, indexes.uniqueKeys.holder(job.spec));
        }
    }

    private void checkClaim(Job job) {
        Worker holder = holders.get(job.id);
        if (!(job.state() instanceof JobState.Claimed(var claim))) {
            same(() -> job.id + " is held by nobody", null, holder);
            return;
        }
        Worker worker = indexes.workers.get(claim.worker());
        same(() -> job.id + " is held by whom its claim names", worker, holder);
        same(() -> job.id + "'s incarnation", worker.incarnation, claim.incarnation());
        same(() -> job.id + "'s attempt", job.tries().claims(), claim.attempt());
        Concurrency concurrency = job.spec.concurrency();
        int together = running.merge(concurrency.key(), 1, Integer::sum);
        same(
                () -> together + " run under the key " + concurrency.key(),
                true,
                !concurrency.isLimited() || together <= concurrency.limit());
    }

    private void checkWorker(Worker worker) {
        for (JobId job : worker.claims.keySet()) {
            same(() -> job + " is held once", null, holders.put(job, worker));
        }
        same(() -> worker.id + " holds nothing once lost", true, !worker.isGone() || worker.isIdle());
        same(() -> worker.id + " runs one job alone", true, !worker.runsQuarantined || worker.claims.size() == 1);
    }

    /// No job waits that a free worker could have.
    private void checkLane(Lane lane) {
        boolean isOpen = lane.queue().settings.flow() == QueueSettings.Flow.OPEN;
        if (!lane.isEmpty() && isOpen && indexes.lanes.hasRoom(lane.key().concurrency())) {
            same(
                    () -> "a free worker for " + lane.key(),
                    null,
                    lane.pool().best(lane.key().affinity()));
        }
    }

    private static void same(Supplier<String> what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(what.get() + ": expected " + expected + ", found " + actual);
        }
    }
}
