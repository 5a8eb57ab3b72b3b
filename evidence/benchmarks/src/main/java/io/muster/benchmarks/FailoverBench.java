package io.muster.benchmarks;

import io.muster.client.JobDocument;
import io.muster.client.JobQuery;
import io.muster.client.JobStatus;
import io.muster.client.MusterException;
import io.muster.client.SubmitJob;
import io.muster.client.SubmittedJob;
import io.muster.encoding.Bytes;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Kills under load: by turns the leader and another node, each with SIGKILL, while jobs are submitted without a break.
/// It measures the time from the kill to the next acknowledged submission, and reads every accepted job back at the
/// end.
final class FailoverBench {
    /// About 1,500 jobs a second, a quarter of which hold a slot for 40 ms: less than the slots take, so that the end
    /// is near when the kills are over.
    private static final int BATCH = 10;
    private static final long LOOK_NANOS = 5_000_000;
    private static final long PAUSE_NANOS = 1_500_000_000L;

    private final LoadedCluster cluster;
    private final PrintStream out;
    private final ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile @Nullable Kill watched;

    /// A kill whose first acknowledged write is waited for.
    private record Kill(long nanos, CompletableFuture<Long> acknowledged) {
        Kill(long nanos) {
            this(nanos, new CompletableFuture<>());
        }

        /// A write that was begun after the kill is acknowledged now. One begun before may have been on its way back.
        void acknowledged(long begun) {
            if (begun - nanos >= 0) {
                acknowledged.complete((System.nanoTime() - nanos) / 1_000_000);
            }
        }
    }

    private FailoverBench(LoadedCluster cluster, PrintStream out) {
        this.cluster = cluster;
        this.out = out;
    }

    /// Returns whether nothing was lost and nothing counted twice.
    static boolean run(int kills, PrintStream out) throws IOException, InterruptedException {
        try (var cluster = new LoadedCluster("failover", 8)) {
            return new FailoverBench(cluster, out).measure(kills);
        }
    }

    private boolean measure(int kills) throws InterruptedException {
        var load = Thread.ofVirtual().name("load").start(this::submitUntilOver);
        List<Long> leaderOutages = new ArrayList<>();
        List<Long> otherOutages = new ArrayList<>();
        for (int kill = 1; kill <= kills; kill++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            boolean isLeader = kill % 2 == 1;
            var victim = cluster.victim(isLeader);
            var seen = new Kill(System.nanoTime());
            watched = seen;
            cluster.nodes().kill(victim);
            long millis = seen.acknowledged().join();
            (isLeader ? leaderOutages : otherOutages).add(millis);
            out.println("kill " + kill + ": " + (isLeader ? "leader " : "worker ") + victim
                    + ", next acknowledged write after " + millis + " ms");
            cluster.nodes().start(victim);
            cluster.awaitAll();
        }
        isOver.set(true);
        load.join();
        print("leader killed", leaderOutages);
        print("worker killed", otherOutages);
        return check();
    }

    private void submitUntilOver() {
        List<SubmitJob> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            batch.add(
                    i % 4 == 0
                            ? SubmitJob.of("sleep", Bytes.utf8("{\"millis\":40}"))
                            : SubmitJob.of("noop", Bytes.utf8("{}")));
        }
        while (!isOver.get()) {
            long begun = System.nanoTime();
            try {
                for (SubmittedJob job : cluster.client().submitAll(batch).jobs()) {
                    if (job.id() != null) {
                        accepted.add(job.id());
                    }
                }
                Kill kill = watched;
                if (kill != null) {
                    kill.acknowledged(begun);
                }
                LockSupport.parkNanos(LOOK_NANOS);
            } catch (MusterException e) {
                // The client gave up within its patience; the next submission is a new one.
                LockSupport.parkNanos(LOOK_NANOS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Reads everything back: each accepted job must have finished, once.
    private boolean check() throws InterruptedException {
        Map<String, Integer> finished = new HashMap<>();
        cluster.awaitDrained();
        var ended = EnumSet.allOf(JobStatus.class);
        ended.removeIf(JobStatus::isLive);
        var query = JobQuery.ALL.in(ended).withLimit(500);
        var page = cluster.client().jobs(query);
        while (true) {
            for (JobDocument job : page.items()) {
                finished.merge(job.id(), 1, Integer::sum);
            }
            if (page.next() == null) {
                break;
            }
            page = cluster.client().jobs(query.after(page.next()));
        }
        long lost = accepted.stream().filter(id -> !finished.containsKey(id)).count();
        long twice = finished.values().stream().filter(times -> times > 1).count();
        out.println("accepted " + accepted.size() + ", of these finished " + (accepted.size() - lost) + ": lost " + lost
                + ", counted twice " + twice);
        return lost == 0 && twice == 0;
    }

    private void print(String what, List<Long> millis) {
        if (millis.isEmpty()) {
            return;
        }
        List<Long> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        out.println(String.format(
                Locale.ROOT,
                "%s, %d times: next acknowledged write after median %d ms, p95 %d ms, most %d ms",
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(sorted.size() * 0.95) - 1)),
                sorted.getLast()));
    }
}
