package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.Stamp;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Measures what a job costs in the ledger, with nobody waiting and with a million waiting, and what a waiting job
/// costs in memory. Its `main` is run by hand from the test class path with `-Xmx4g`; it asserts nothing, since figures
/// move with the machine.
final class LedgerBenchmark {
    private static final int BATCH = 64;
    private static final int BACKLOG = 1_000_000;
    private static final int ROUNDS = 5;
    private static final int BATCHES_A_ROUND = 1_500;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final NodeId WORKER = new NodeId("node-1");

    private final JobLedger ledger = new JobLedger(_ -> {});
    private long index;

    private LedgerBenchmark() {}

    public static void main(String[] arguments) {
        for (String shape : List.of("one lane", "100 lanes, 4 priorities")) {
            var empty = new LedgerBenchmark();
            empty.join();
            var deep = new LedgerBenchmark();
            deep.fill(shape);
            deep.join();
            double[] emptyNanos = new double[ROUNDS];
            double[] deepNanos = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                emptyNanos[round] = empty.round(shape);
                deepNanos[round] = deep.round(shape);
            }
            Arrays.sort(emptyNanos);
            Arrays.sort(deepNanos);
            System.out.printf(
                    "%s: submit + claim + report, batches of %d: %.0f ns a job on an empty ledger, "
                            + "%.0f ns behind %,d queued jobs (x %.2f)%n",
                    shape,
                    BATCH,
                    emptyNanos[ROUNDS / 2],
                    deepNanos[ROUNDS / 2],
                    BACKLOG,
                    deepNanos[ROUNDS / 2] / emptyNanos[ROUNDS / 2]);
        }
        memory();
    }

    private static void memory() {
        long before = usedHeap();
        var ledger = new LedgerBenchmark();
        ledger.fill("one lane");
        long bytes = usedHeap() - before;
        System.out.printf(
                "memory: %d bytes a queued job, its payload of 2 bytes included (%,d jobs)%n",
                bytes / BACKLOG, ledger.ledger.counts().get(JobState.Kind.QUEUED));
    }

    /// Nanoseconds of processor time a job, so that a busy machine does not blur it: each batch is submitted, as many
    /// are claimed, and those are reported.
    private double round(String shape) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < BATCHES_A_ROUND; i++) {
            submit(shape, BATCH);
            finishAll();
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / ((double) BATCHES_A_ROUND * BATCH);
    }

    private void fill(String shape) {
        for (int i = 0; i < BACKLOG; i += JobLimits.MAX_BATCH) {
            submit(shape, JobLimits.MAX_BATCH);
        }
    }

    private void join() {
        apply(new JobCommand.JoinWorker(WORKER, 1, Capacity.of(BATCH, Labels.NONE, List.of("noop"))));
    }

    private void submit(String shape, int count) {
        List<JobSpec> specs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            JobSpec spec = JobSpec.of(new String("noop"), new String("default"), Bytes.utf8("{}"));
            specs.add(
                    shape.equals("one lane")
                            ? spec
                            : spec.withAffinity("repo-" + i % 100).withPriority(i % 4 * 30));
        }
        apply(new JobCommand.Submit(specs));
    }

    private void finishAll() {
        List<WorkResult> results = new ArrayList<>(BATCH);
        Delta delta = ledger.delta(new Inventory(WORKER, 1, List.of(), List.of()));
        if (delta instanceof Delta.Of told) {
            told.lacking()
                    .forEach(job -> results.add(
                            new WorkResult(job.id(), job.tries().claims(), new RunEnding.Success(Bytes.EMPTY))));
        }
        apply(new JobCommand.ReportWork(WORKER, 1, results, List.of()));
    }

    private void apply(JobCommand command) {
        index++;
        var stamp = new Stamp(1, index, 0, new LogTime(index * 1_000, index * 1_000));
        ledger.advance(stamp);
        ledger.apply(stamp, CommandOrigin.INTERNAL, command);
        ledger.settle(stamp);
        ledger.takeClosedBlocks();
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
