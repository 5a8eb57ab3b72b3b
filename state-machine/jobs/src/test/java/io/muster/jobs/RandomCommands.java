package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Draws commands of every kind, made from few names so that they meet.
final class RandomCommands {
    private static final List<String> QUEUES = List.of("default", "audits", "bulk");

    private final Random random;
    private final List<RandomWorker> workers;
    private final List<JobId> submitted = new ArrayList<>();

    RandomCommands(Random random, List<RandomWorker> workers) {
        this.random = random;
        this.workers = workers;
    }

    void remember(JobReply reply) {
        if (reply instanceof JobReply.Submitted(var receipts)) {
            receipts.forEach(receipt -> submitted.add(receipt.job()));
        }
    }

    JobCommand next() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5 -> submit();
            case 6 -> new JobCommand.Cancel(someJobs());
            case 7 -> new JobCommand.Retry(someJobs());
            case 8 -> random.nextInt(4) == 0 ? new JobCommand.Purge(someJobs()) : new JobCommand.Retry(someJobs());
            case 9 -> join();
            case 10 -> {
                RandomWorker worker = worker();
                yield new JobCommand.ChangeWorker(worker.id, worker.incarnation, capacity());
            }
            case 11 -> {
                RandomWorker worker = worker();
                yield random.nextBoolean()
                        ? new JobCommand.SuspendWorker(worker.id, worker.incarnation)
                        : new JobCommand.ResumeWorker(worker.id, worker.incarnation);
            }
            case 12 -> {
                RandomWorker worker = worker();
                yield switch (random.nextInt(6)) {
                    case 0, 1 -> new JobCommand.LoseWorker(worker.id, worker.incarnation, "silent");
                    case 2 -> new JobCommand.LeaveWorker(worker.id, worker.incarnation, "drained");
                    default -> new JobCommand.ResumeWorker(worker.id, worker.incarnation);
                };
            }
            case 14 -> random.nextInt(4) == 0 ? bulk() : worker().report();
            case 13 -> new JobCommand.ConfigureQueue(QUEUES.get(random.nextInt(QUEUES.size())), settings());
            default -> worker().report();
        };
    }

    NodeId leader() {
        return worker().id;
    }

    private JobCommand.Bulk bulk() {
        var act = List.of(JobCommand.BulkAct.CANCEL, JobCommand.BulkAct.RETRY, JobCommand.BulkAct.PURGE)
                .get(random.nextInt(3));
        var scope = act == JobCommand.BulkAct.CANCEL
                ? JobFilter.Scope.of(JobState.Kind.QUEUED)
                : JobFilter.Scope.of(JobState.Kind.DEAD);
        var filter = new JobFilter(scope, QUEUES.get(random.nextInt(QUEUES.size())), "");
        return new JobCommand.Bulk(
                act, filter, JobCommand.Bulk.FROM_FIRST, JobCommand.Bulk.TO_LAST, 1 + random.nextInt(5));
    }

    private JobCommand.Submit submit() {
        List<JobSpec> specs = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            specs.add(spec());
        }
        return new JobCommand.Submit(specs);
    }

    private JobSpec spec() {
        JobSpec spec = JobSpec.of(
                        random.nextBoolean() ? "noop" : "sleep",
                        QUEUES.get(random.nextInt(QUEUES.size())),
                        Bytes.wrap(new byte[random.nextInt(50)]))
                .withPriority(random.nextInt(4) * 30)
                .withTimeoutMillis(1_000 + random.nextInt(20_000))
                .withRetry(new RetryPolicy(1 + random.nextInt(4), random.nextInt(2) * 500L, 2, 5_000, 0))
                .withDelayMillis(random.nextInt(5) == 0 ? random.nextInt(5_000) : 0);
        return switch (random.nextInt(6)) {
            case 0 -> spec.withUniqueKey("unique-" + random.nextInt(5));
            case 1 -> spec.withAffinity("repo-" + random.nextInt(3));
            case 2 -> {
                int key = random.nextInt(2);
                yield spec.withConcurrency(new Concurrency("deploy-" + key, 1 + key));
            }
            case 3 -> spec.withLabels(Labels.of("gpu"));
            default -> spec;
        };
    }

    private JobCommand join() {
        RandomWorker worker = worker();
        if (random.nextBoolean()) {
            worker.restart();
        }
        return new JobCommand.JoinWorker(worker.id, worker.incarnation, capacity());
    }

    private Capacity capacity() {
        Capacity capacity = Capacity.of(
                random.nextInt(5),
                random.nextBoolean() ? Labels.of("gpu") : Labels.NONE,
                random.nextInt(4) == 0 ? List.of("noop") : List.of("noop", "sleep"));
        return random.nextInt(6) == 0 ? capacity.draining() : capacity;
    }

    private QueueSettings settings() {
        QueueSettings.LeaderWorks[] rules = QueueSettings.LeaderWorks.values();
        return new QueueSettings(
                1 + random.nextInt(4),
                rules[random.nextInt(rules.length)],
                random.nextInt(4) == 0 ? QueueSettings.Flow.PAUSED : QueueSettings.Flow.OPEN);
    }

    private List<JobId> someJobs() {
        List<JobId> jobs = new ArrayList<>();
        jobs.add(JobId.of(1L << 40, 0));
        for (int i = random.nextInt(3); i > 0 && !submitted.isEmpty(); i--) {
            int recent = Math.max(0, submitted.size() - 60);
            jobs.add(submitted.get(recent + random.nextInt(submitted.size() - recent)));
        }
        return jobs;
    }

    private RandomWorker worker() {
        return workers.get(random.nextInt(workers.size()));
    }
}
