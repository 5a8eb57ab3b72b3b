package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Many lanes, labels, keys, queues and workers that come, go and lose jobs: what the indexed assignment gives out must
/// be what the plainest one gives out, job by job and in the same order.
final class AssignmentModelTest {
    private static final int RUNS = Integer.getInteger("runs", 6);
    private static final int ENTRIES = 600;
    private static final List<String> QUEUES = List.of("default", "audits", "bulk", "mail");
    private static final List<String> LABELS = List.of("gpu", "eu", "big");
    private static final List<String> TYPES = List.of("noop", "sleep", "audit");

    private final List<NaiveAssignment.Given> given = new ArrayList<>();
    private final JobLedger ledger = new JobLedger(this::note);
    private final List<NodeId> workers = new ArrayList<>();
    private Random random = new Random(1);
    private long index;
    private long incarnation = 1;
    private int load = 8;
    private int alone;

    AssignmentModelTest() {
        for (int i = 1; i <= 8; i++) {
            workers.add(new NodeId("node-" + i));
        }
    }

    @Test
    void indexes_give_out_what_the_plainest_assignment_gives_out() {
        long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
        System.out.println("seed " + seed);
        int alone = 0;
        for (int run = 0; run < RUNS; run++) {
            var model = new AssignmentModelTest();
            model.random = new Random(seed + run);
            model.load = run % 2 == 0 ? 8 : 1;
            model.run();
            alone += model.alone;
        }
        assertThat(alone)
                .as("runs of jobs that must run alone: a model without them proves nothing of them")
                .isPositive();
    }

    private void run() {
        for (int i = 0; i < ENTRIES; i++) {
            index++;
            var stamp = new Stamp(1, index, 0, new LogTime(index * 20_000, index * 20_000));
            ledger.advance(stamp);
            if (random.nextInt(30) == 0) {
                ledger.leaderChanged(worker());
            } else {
                ledger.apply(stamp, CommandOrigin.INTERNAL, next());
            }
            var expected = new NaiveAssignment(ledger.indexes()).run();
            given.clear();
            ledger.settle(stamp);
            assertThat(given).as("entry %d", index).isEqualTo(expected);
            new Recount(ledger).check();
            ledger.takeClosedBlocks();
        }
    }

    private void note(JobEvent event) {
        if (event instanceof JobEvent.Moved(var job, var _) && job.state() instanceof JobState.Claimed(var claim)) {
            given.add(new NaiveAssignment.Given(job.id(), claim.worker()));
            alone += ledger.indexes().workers.get(claim.worker()).runsQuarantined ? 1 : 0;
        }
    }

    private JobCommand next() {
        return switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> submit();
            case 4, 5 -> new JobCommand.JoinWorker(worker(), ++incarnation, capacity());
            case 6 -> {
                var worker = worker();
                yield new JobCommand.ChangeWorker(worker, incarnationOf(worker), capacity());
            }
            case 7 -> {
                var worker = worker();
                yield new JobCommand.SuspendWorker(worker, incarnationOf(worker));
            }
            case 8 -> {
                var worker = worker();
                yield new JobCommand.ResumeWorker(worker, incarnationOf(worker));
            }
            case 9, 10 -> {
                var worker = worker();
                yield new JobCommand.LoseWorker(worker, incarnationOf(worker), "silent");
            }
            case 11 -> new JobCommand.ConfigureQueue(QUEUES.get(random.nextInt(QUEUES.size())), settings());
            default -> report();
        };
    }

    private JobCommand submit() {
        var specs = new ArrayList<JobSpec>();
        for (int i = random.nextInt(load); i >= 0; i--) {
            JobSpec spec = JobSpec.of(
                            TYPES.get(random.nextInt(3)), QUEUES.get(random.nextInt(QUEUES.size())), Bytes.EMPTY)
                    .withPriority(random.nextInt(3) * 10)
                    .withLabels(labels());
            spec = random.nextInt(3) == 0 ? spec.withAffinity("repo-" + random.nextInt(6)) : spec;
            int key = random.nextInt(3);
            specs.add(random.nextInt(3) == 0 ? spec.withConcurrency(new Concurrency("key-" + key, 1 + key)) : spec);
        }
        return new JobCommand.Submit(specs);
    }

    private JobCommand report() {
        var worker = worker();
        var results = new ArrayList<WorkResult>();
        for (JobId job : ledger.worker(worker).map(WorkerView::claims).orElse(List.of())) {
            int attempt = ledger.find(job).orElseThrow().tries().claims();
            RunEnding ending = random.nextInt(4) == 0 ? Cluster.failure() : Cluster.success();
            if (random.nextInt(3) > 0) {
                results.add(new WorkResult(job, attempt, ending));
            }
        }
        return new JobCommand.ReportWork(worker, incarnationOf(worker), results, List.of());
    }

    private Labels labels() {
        var labels = new ArrayList<String>();
        for (String label : LABELS) {
            if (random.nextInt(5) == 0) {
                labels.add(label);
            }
        }
        return Labels.of(labels.toArray(String[]::new));
    }

    private Capacity capacity() {
        var labels = new ArrayList<String>();
        for (String label : LABELS) {
            if (random.nextInt(2) == 0) {
                labels.add(label);
            }
        }
        var capacity = Capacity.of(
                random.nextInt(4),
                Labels.of(labels.toArray(String[]::new)),
                random.nextInt(3) == 0 ? TYPES.subList(0, 2) : TYPES);
        return random.nextInt(10) == 0 ? capacity.draining() : capacity;
    }

    private QueueSettings settings() {
        var rule = List.of(
                        QueueSettings.LeaderWorks.NEVER,
                        QueueSettings.LeaderWorks.WHEN_ALONE,
                        QueueSettings.LeaderWorks.ALWAYS)
                .get(random.nextInt(3));
        var flow = random.nextInt(4) == 0 ? QueueSettings.Flow.PAUSED : QueueSettings.Flow.OPEN;
        return new QueueSettings(1 + random.nextInt(4), rule, flow);
    }

    private NodeId worker() {
        return workers.get(random.nextInt(workers.size()));
    }

    private long incarnationOf(NodeId worker) {
        return ledger.worker(worker).map(WorkerView::incarnation).orElse(0L);
    }
}
