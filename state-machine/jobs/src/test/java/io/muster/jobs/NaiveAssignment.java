package io.muster.jobs;

import io.muster.log.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the assignment must do, in the plainest way: each step looks at every queued job and every worker. It uses the
/// indexes only to see jobs, workers, queues and running counts, none of what is derived from them.
final class NaiveAssignment {
    /// A claim that must be given.
    record Given(JobId job, NodeId worker) {}

    private final JobIndexes indexes;
    private final List<Job> queued = new ArrayList<>();
    private final Map<Worker, Integer> held = new HashMap<>();
    private final Set<Worker> runQuarantined = new HashSet<>();
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<JobQueue, Long> pass = new HashMap<>();
    private final Map<JobQueue, Long> picks = new HashMap<>();
    private final List<Given> given = new ArrayList<>();
    private long virtualTime;
    private @Nullable Worker reserved;
    private @Nullable JobId reservedFor;

    NaiveAssignment(JobIndexes indexes) {
        this.indexes = indexes;
        virtualTime = indexes.lanes.virtualTime;
        reserved = indexes.workers.reserved();
        var reservation = indexes.workers.reservation();
        reservedFor = reservation == null ? null : reservation.job();
        indexes.workers.all().forEach(worker -> {
            held.put(worker, worker.claims.size());
            if (worker.runsQuarantined) {
                runQuarantined.add(worker);
            }
        });
        indexes.lanes.queues().forEach(queue -> {
            pass.put(queue, queue.pass);
            picks.put(queue, queue.picks);
        });
        for (Job job : indexes.jobs.all()) {
            switch (job.state()) {
                case JobState.Queued _ -> queued.add(job);
                case JobState.Claimed _ -> running.merge(job.spec.concurrency().key(), 1, Integer::sum);
                case JobState.Unclaimed _, JobState.Dead _ -> {}
            }
        }
    }

    List<Given> run() {
        checkReservation();
        for (var next = nextQuarantined(); next.isPresent(); next = nextQuarantined()) {
            give(next.get(), idleFor(next.get()).orElseThrow());
            checkReservation();
        }
        reserve();
        for (var next = nextShared(); next.isPresent(); next = nextShared()) {
            JobQueue queue = next.get().lane().queue();
            give(next.get(), best(next.get()).orElseThrow());
            virtualTime = Math.max(virtualTime, pass.getOrDefault(queue, 0L));
            picks.merge(queue, 1L, Long::sum);
            pass.put(queue, virtualTime + (1L << 20) / queue.settings.weight());
        }
        return given;
    }

    private void give(Job job, Worker worker) {
        given.add(new Given(job.id, worker.id));
        queued.remove(job);
        held.merge(worker, 1, Integer::sum);
        if (job.isQuarantined()) {
            runQuarantined.add(worker);
        }
        running.merge(job.spec.concurrency().key(), 1, Integer::sum);
    }

    // Jobs that share a worker

    private Optional<Job> nextShared() {
        List<Job> possible = queued.stream()
                .filter(job -> !job.isQuarantined() && isOpen(job) && best(job).isPresent())
                .toList();
        Optional<JobQueue> queue = possible.stream()
                .map(job -> job.lane().queue())
                .min(Comparator.comparingLong((JobQueue each) -> pass.getOrDefault(each, 0L))
                        .thenComparing(JobQueue::name));
        return queue.flatMap(first -> {
            boolean isTurnOfOldest =
                    picks.getOrDefault(first, 0L) % JobLimits.OLDEST_EVERY == JobLimits.OLDEST_EVERY - 1;
            Comparator<Job> byAge = Comparator.comparing(job -> job.id);
            Comparator<Job> byPriority = Comparator.comparingInt(job -> -job.spec.priority());
            return possible.stream()
                    .filter(job -> job.lane().queue() == first)
                    .min(isTurnOfOldest ? byAge : byPriority.thenComparing(byAge));
        });
    }

    private Optional<Worker> best(Job job) {
        List<Worker> free = indexes.workers.all().stream()
                .filter(worker -> isEligible(worker, job) && worker != reserved && !runQuarantined.contains(worker))
                .filter(worker -> held.getOrDefault(worker, 0) < worker.slots())
                .toList();
        if (!job.spec.affinity().isEmpty()) {
            List<Worker> capable = indexes.workers.all().stream()
                    .filter(worker ->
                            !worker.isGone() && worker.isCapableOf(job.lane().key()))
                    .toList();
            for (Worker candidate : PreferredWorkers.among(capable).of(job.spec.affinity())) {
                if (free.contains(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return free.stream().min(this::byLoad);
    }

    private int byLoad(Worker one, Worker other) {
        if (one.isOnProbation() != other.isOnProbation()) {
            return one.isOnProbation() ? 1 : -1;
        }
        int byLoad = Long.compare(
                (long) held.getOrDefault(one, 0) * other.slots(), (long) held.getOrDefault(other, 0) * one.slots());
        return byLoad != 0 ? byLoad : one.id.compareTo(other.id);
    }

    // Jobs that must run alone

    private Optional<Job> nextQuarantined() {
        return firstOfEach().filter(job -> idleFor(job).isPresent()).findFirst();
    }

    /// Of each queue, concurrency key and set of workers the oldest job that must run alone.
    private java.util.stream.Stream<Job> firstOfEach() {
        var seen = new HashSet<List<Object>>();
        return queued.stream().filter(job -> job.isQuarantined() && isOpen(job)).filter(job -> {
            var capable = indexes.workers.all().stream()
                    .filter(worker ->
                            !worker.isGone() && worker.isCapableOf(job.lane().key()))
                    .toList();
            return seen.add(List.of(job.lane().queue(), job.spec.concurrency(), capable));
        });
    }

    private Optional<Worker> idleFor(Job job) {
        boolean isChoosy = hasElsewhere(job);
        return indexes.workers.all().stream()
                .filter(worker -> isEligible(worker, job) && held.getOrDefault(worker, 0) == 0)
                .filter(worker -> worker != reserved || job.id.equals(reservedFor))
                .filter(worker -> !isChoosy || isElsewhere(worker, job))
                .min(Worker::byPreference);
    }

    private void checkReservation() {
        if (reserved == null) {
            return;
        }
        Worker worker = reserved;
        boolean isOver = queued.stream().noneMatch(job -> job.id.equals(reservedFor) && isEligible(worker, job));
        if (isOver) {
            reserved = null;
            reservedFor = null;
        }
    }

    private void reserve() {
        if (reserved != null) {
            return;
        }
        firstOfEach().toList().forEach(job -> {
            boolean isChoosy = hasElsewhere(job);
            var worker = indexes.workers.all().stream()
                    .filter(each -> isEligible(each, job) && !runQuarantined.contains(each))
                    .filter(each -> !isChoosy || isElsewhere(each, job))
                    .min(this::byLoad);
            if (reserved == null && worker.isPresent()) {
                reserved = worker.get();
                reservedFor = job.id;
            }
        });
    }

    private boolean hasElsewhere(Job job) {
        return indexes.workers.all().stream().anyMatch(worker -> isEligible(worker, job) && isElsewhere(worker, job));
    }

    private static boolean isElsewhere(Worker worker, Job job) {
        return !worker.isOnProbation() && !job.lostOn().contains(worker.id);
    }

    // Rules

    private boolean isOpen(Job job) {
        Concurrency concurrency = job.spec.concurrency();
        return job.lane().queue().settings.flow() == QueueSettings.Flow.OPEN
                && (!concurrency.isLimited() || running.getOrDefault(concurrency.key(), 0) < concurrency.limit());
    }

    private boolean isEligible(Worker worker, Job job) {
        boolean isLeader = worker.id.equals(indexes.workers.leader());
        return worker.isTaking()
                && worker.isCapableOf(job.lane().key())
                && (!isLeader
                        || switch (job.lane().queue().settings.leaderWorks()) {
                            case ALWAYS -> true;
                            case NEVER -> false;
                            case WHEN_ALONE ->
                                indexes.workers.all().stream()
                                        .noneMatch(other -> other != worker
                                                && other.isThere()
                                                && other.isCapableOf(job.lane().key()));
                        });
    }
}
