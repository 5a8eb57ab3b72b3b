package io.muster.benchmarks;

import io.muster.encoding.Bytes;
import io.muster.jobs.Capacity;
import io.muster.jobs.Claim;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobEvent;
import io.muster.jobs.JobLimits;
import io.muster.jobs.JobSpec;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.jobs.Labels;
import io.muster.jobs.RunEnding;
import io.muster.jobs.WorkResult;
import io.muster.log.Asker;
import io.muster.log.CommittedBatch;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.FrozenState;
import io.muster.log.LogCommand;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.state.Change;
import io.muster.state.ClusterState;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a snapshot of the state costs with that many jobs queued: how long the freeze holds up apply,
/// what apply costs while another thread writes, how large the snapshot is, and how long it takes to
/// read back.
final class SnapshotBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final NodeId WORKER = new NodeId("node-1");
    private static final int SLOTS = 64;
    private static final int ROUNDS = 5;
    private static final int BATCHES = 2_000;

    private final PrintStream out;
    private final ArrayDeque<JobView> running = new ArrayDeque<>();
    private final ClusterState state = new ClusterState((_, _, _, change) -> note(change));
    private final int jobs;
    private int made;

    private SnapshotBench(int jobs, PrintStream out) {
        this.jobs = jobs;
        this.out = out;
    }

    static void run(int jobs, PrintStream out) throws InterruptedException {
        new SnapshotBench(jobs, out).run();
    }

    private void run() throws InterruptedException {
        long before = usedHeap();
        while (made < jobs) {
            submit(Math.min(JobLimits.MAX_BATCH, jobs - made));
        }
        out.printf("%,d jobs queued, %d bytes of heap each%n", jobs, (usedHeap() - before) / jobs);
        apply(new JobCommand.JoinWorker(WORKER, 1, Capacity.of(SLOTS, Labels.NONE, List.of("noop"))));
        alone();
        for (int round = 1; round <= ROUNDS; round++) {
            beside(round);
        }
    }

    /// Apply without a snapshot, warm.
    private void alone() {
        for (int round = 1; round <= 3; round++) {
            out.printf("apply alone: %s%n", work(BATCHES));
        }
    }

    /// A freeze, and apply while another thread writes.
    private void beside(int round) throws InterruptedException {
        var froze = new Took();
        FrozenState frozen = state.freeze();
        String freeze = froze.text();
        var sections = new LinkedHashMap<String, List<Bytes>>();
        var written = new String[1];
        Thread writer = Thread.ofPlatform().name("snapshot").start(() -> written[0] = write(frozen, sections));
        String work = work(BATCHES);
        writer.join();
        long heldBefore = usedHeap();
        frozen.close();
        long held = heldBefore - usedHeap();
        long bytes = sections.values().stream()
                .flatMap(List::stream)
                .mapToLong(Bytes::size)
                .sum();
        out.printf("round %d: freeze %s; %.1f MB written in %s%n", round, freeze, bytes / 1e6, written[0]);
        out.printf("  apply meanwhile: %s; %.1f MB held for it%n", work, held / 1e6);
        out.printf("  read back in %s%n", fill(sections));
    }

    private static String write(FrozenState frozen, Map<String, List<Bytes>> sections) {
        var took = new Took();
        frozen.write((name, chunk) ->
                sections.computeIfAbsent(name, _ -> new ArrayList<>()).add(chunk));
        return took.text();
    }

    private static String fill(Map<String, List<Bytes>> sections) {
        var took = new Took();
        var filled = new ClusterState((_, _, _, _) -> {});
        filled.fill(name -> sections.getOrDefault(name, List.of()));
        return took.text();
    }

    /// Submits and finishes jobs batch by batch.
    private String work(int batches) {
        var took = new Took();
        double longest = 0;
        for (int i = 0; i < batches; i++) {
            var batch = new Took();
            submit(SLOTS);
            finish();
            longest = Math.max(longest, batch.processorMillis());
        }
        return "%.2f µs of processor a job, longest batch %.1f ms of processor"
                .formatted(took.processorMillis() * 1_000 / ((long) batches * SLOTS), longest);
    }

    private void submit(int count) {
        var specs = IntStream.range(0, count).mapToObj(i -> spec(made + i)).toList();
        made += count;
        apply(new JobCommand.Submit(specs));
    }

    private static JobSpec spec(int number) {
        return JobSpec.of("noop", "default", Bytes.utf8("{\"n\":" + number + "}"))
                .withAffinity("repo-" + number % 100)
                .withPriority(number % 4 * 30);
    }

    private void finish() {
        var results = new ArrayList<WorkResult>();
        for (JobView job = running.poll(); job != null; job = running.poll()) {
            if (job.state() instanceof JobState.Claimed(Claim claim)) {
                results.add(new WorkResult(job.id(), claim.attempt(), new RunEnding.Success(Bytes.EMPTY)));
            }
        }
        apply(new JobCommand.ReportWork(WORKER, 1, results, List.of()));
    }

    private void note(Change change) {
        if (change instanceof Change.InJobs(JobEvent.Moved(JobView job, var _))
                && job.state() instanceof JobState.Claimed) {
            running.addLast(job);
        }
    }

    private void apply(LogCommand command) {
        long index = state.appliedIndex() + 1;
        var body = Entries.join(List.of(Envelope.of(command, Asker.CLUSTER).encode()));
        var time = new LogTime(index * 1_000, index * 1_000);
        state.apply(new CommittedBatch(index, 1, 1, time, new CommittedBatch.Content.Commands(body), List.of()));
        state.jobs().takeClosedBlocks();
    }

    /// How long something took, by the clock, and of it on the processor: others may be busy beside.
    private static final class Took {
        private final long nanos = System.nanoTime();
        private final long processorNanos = THREADS.getCurrentThreadCpuTime();

        double processorMillis() {
            return (THREADS.getCurrentThreadCpuTime() - processorNanos) / 1e6;
        }

        String text() {
            double processor = processorMillis();
            return "%.1f ms (%.1f of processor)".formatted((System.nanoTime() - nanos) / 1e6, processor);
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
