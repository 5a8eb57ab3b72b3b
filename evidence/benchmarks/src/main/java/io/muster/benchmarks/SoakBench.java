package io.muster.benchmarks;

import io.muster.client.MusterException;
import io.muster.client.SubmitJob;
import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Full load and churn for a long time: jobs as fast as the cluster takes them, and each minute a node killed and
/// started again. It shows each minute what every node takes of its machine, and at the end whether that grew, what a
/// million jobs leave on the disk, and whether each accepted job finished once.
final class SoakBench {
    private static final int BATCH = 200;

    /// Enough to keep every slot of three nodes busy; more would only measure the queue.
    private static final int MOST_OPEN = 4_000;

    private static final long LOOK_NANOS = 5_000_000;
    private static final double MEBIBYTE = 1 << 20;

    private final LoadedCluster cluster;
    private final PrintStream out;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final AtomicLong open = new AtomicLong();
    private final AtomicBoolean isOver = new AtomicBoolean();

    private SoakBench(LoadedCluster cluster, PrintStream out) {
        this.cluster = cluster;
        this.out = out;
    }

    /// Returns whether every accepted job finished once.
    static boolean run(int minutes, PrintStream out) throws IOException, InterruptedException {
        try (var cluster = new LoadedCluster("soak", 16)) {
            return new SoakBench(cluster, out).measure(minutes);
        }
    }

    private boolean measure(int minutes) throws IOException, InterruptedException {
        var load = Thread.ofVirtual().name("load").start(this::submitUntilOver);
        out.println("minute | accepted | open | per node: resident MiB, threads, open files, log MiB, history MiB");
        List<List<NodeUsage>> rows = new ArrayList<>();
        for (int minute = 1; minute <= minutes; minute++) {
            pause(Duration.ofSeconds(50));
            rows.add(row(minute));
            NodeId victim = cluster.victim(minute % 2 == 1);
            cluster.nodes().kill(victim);
            pause(Duration.ofSeconds(2));
            cluster.nodes().start(victim);
            pause(Duration.ofSeconds(8));
        }
        isOver.set(true);
        load.join();
        cluster.awaitAll();
        cluster.awaitDrained();
        summary(rows.getFirst(), row(minutes + 1));
        return check();
    }

    /// Passes that time, noting how many jobs are open: the load waits while there are enough.
    private void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            open.set(cluster.open());
            LockSupport.parkNanos(LOOK_NANOS * 20);
        }
    }

    private void submitUntilOver() {
        List<SubmitJob> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            batch.add(SubmitJob.of("noop", Bytes.utf8("{}")));
        }
        while (!isOver.get()) {
            if (open.get() > MOST_OPEN) {
                LockSupport.parkNanos(LOOK_NANOS);
                continue;
            }
            try {
                cluster.client().submitAll(batch).jobs().stream()
                        .filter(job -> job.id() != null)
                        .forEach(_ -> accepted.incrementAndGet());
                open.addAndGet(BATCH);
            } catch (MusterException e) {
                // Nobody knows whether these were taken: they may be among the finished ones.
                unknown.addAndGet(BATCH);
                LockSupport.parkNanos(LOOK_NANOS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private List<NodeUsage> row(int minute) throws IOException {
        List<NodeUsage> usage = new ArrayList<>();
        var text = new StringBuilder(String.format(Locale.ROOT, "%6d | %8d | %5d", minute, accepted.get(), open.get()));
        for (var member : cluster.nodes().members()) {
            long pid = cluster.nodes().pid(member.id()).orElseThrow();
            var seen = NodeUsage.read(pid, cluster.data(member.id()));
            usage.add(seen);
            text.append(String.format(
                    Locale.ROOT,
                    " | %d %d %d %.0f %.0f",
                    seen.residentMebibytes(),
                    seen.threads(),
                    seen.openFiles(),
                    seen.logBytes() / MEBIBYTE,
                    seen.historyBytes() / MEBIBYTE));
        }
        out.println(text);
        return usage;
    }

    private void summary(List<NodeUsage> first, List<NodeUsage> last) {
        double millions = accepted.get() / 1e6;
        for (int i = 0; i < first.size(); i++) {
            NodeUsage before = first.get(i);
            NodeUsage after = last.get(i);
            out.println(String.format(
                    Locale.ROOT,
                    "node-%d: resident %d to %d MiB, threads %d to %d, open files %d to %d;"
                            + " a million jobs leave %.0f MiB of log and %.0f MiB of history",
                    i + 1,
                    before.residentMebibytes(),
                    after.residentMebibytes(),
                    before.threads(),
                    after.threads(),
                    before.openFiles(),
                    after.openFiles(),
                    after.logBytes() / MEBIBYTE / millions,
                    after.historyBytes() / MEBIBYTE / millions));
        }
    }

    private boolean check() throws InterruptedException {
        var counts = cluster.client().cluster().counts();
        long finished = counts.entrySet().stream()
                .filter(each -> !each.getKey().isLive())
                .mapToLong(Map.Entry::getValue)
                .sum();
        long known = accepted.get();
        out.println("accepted " + known + ", of unknown outcome " + unknown.get() + ", finished " + finished + ": lost "
                + Math.max(0, known - finished) + ", counted twice "
                + Math.max(0, finished - known - unknown.get()));
        return finished >= known && finished <= known + unknown.get();
    }
}
