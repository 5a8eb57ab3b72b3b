package io.muster.benchmarks;

import io.muster.client.JobStatus;
import io.muster.client.SubmitJob;
import io.muster.encoding.Bytes;
import io.muster.exchange.ExchangeChannels;
import io.muster.wire.HttpConnections;
import io.muster.worker.ActionResult;
import io.muster.worker.Handler;
import io.muster.worker.Handlers;
import io.muster.worker.JobContext;
import io.muster.worker.WorkerRuntime;
import io.muster.worker.WorkerSettings;
import io.muster.worker.WorkerTimes;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Jobs over HTTP on three replicated, synced nodes: bulk submission, drain, and how soon a job starts.
///
/// The same load runs several times: the first rounds show new processes, the last what they come to when
/// their code is compiled. Drain counts acknowledged results, from the first submission to the last; the
/// nodes' own workers run the jobs. Pickup is measured in one process, from the begin of the submitting
/// call to the begin of the handler.
final class JobsBench {
    private static final int BATCH = 1_000;
    private static final int SUBMITTERS = 4;
    private static final int ROUNDS = 8;
    private static final int PICKUPS = 2_000;
    private static final int WARMUP_PICKUPS = 2_000;
    private static final String PING = "ping";
    private static final long LOOK_NANOS = 2_000_000;

    /// Asking how far it is costs the cluster too: often enough for a drain of seconds.
    private static final long PROGRESS_NANOS = 25_000_000;

    private JobsBench() {}

    static void run(int jobs, PrintStream out) throws IOException, InterruptedException {
        try (var cluster = new LoadedCluster("jobs", 256)) {
            out.println(
                    "three nodes on loopback, 256 slots each, synced on a majority; payload {}, batches of " + BATCH);
            for (int round = 1; round <= ROUNDS; round++) {
                submitAndDrain(cluster, jobs, out, "round " + round);
            }
            pickups(cluster, out);
        }
    }

    private static void submitAndDrain(LoadedCluster cluster, int jobs, PrintStream out, String label)
            throws InterruptedException {
        long before = succeeded(cluster);
        List<SubmitJob> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            batch.add(SubmitJob.of("noop", Bytes.utf8("{}")));
        }
        int batches = Math.max(SUBMITTERS, jobs / BATCH);
        long begun = System.nanoTime();
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < SUBMITTERS; t++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < batches / SUBMITTERS; i++) {
                        cluster.client().submitAll(batch);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double submitSeconds = (System.nanoTime() - begun) / 1e9;
        long submitted = (long) batches / SUBMITTERS * SUBMITTERS * BATCH;
        while (succeeded(cluster) - before < submitted) {
            LockSupport.parkNanos(PROGRESS_NANOS);
        }
        double drainSeconds = (System.nanoTime() - begun) / 1e9;
        out.println(String.format(
                Locale.ROOT,
                "%-8s %,7d jobs: submitted %,.0f/s; submitted, run and acknowledged %,.0f/s",
                label,
                submitted,
                submitted / submitSeconds,
                submitted / drainSeconds));
    }

    private static long succeeded(LoadedCluster cluster) throws InterruptedException {
        return cluster.client().cluster().counts().getOrDefault(JobStatus.SUCCEEDED, 0L);
    }

    private static void pickups(LoadedCluster cluster, PrintStream out) throws IOException, InterruptedException {
        var started = new ArrayBlockingQueue<Long>(PICKUPS);
        try (var transport = new HttpConnections()) {
            var settings = new WorkerSettings("pinger", 4, Map.of(), cluster.addresses(), WorkerTimes.DEFAULT);
            try (var worker = new WorkerRuntime(
                    settings,
                    new Handlers(List.of(new PingHandler(started))),
                    new ExchangeChannels(transport, cluster.key()))) {
                worker.start();
                while (!worker.status().isConnected()) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                var pickups = new Histogram(3);
                for (int i = -WARMUP_PICKUPS; i < PICKUPS; i++) {
                    long begun = System.nanoTime();
                    cluster.client().submit(SubmitJob.of(PING, Bytes.utf8("{}")));
                    long micros = (started.take() - begun) / 1_000;
                    if (i >= 0) {
                        pickups.recordValue(micros);
                    }
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                out.println(String.format(
                        Locale.ROOT,
                        "pickup, %,d jobs one by one: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, most %.2f ms",
                        PICKUPS,
                        pickups.getValueAtPercentile(50) / 1e3,
                        pickups.getValueAtPercentile(90) / 1e3,
                        pickups.getValueAtPercentile(99) / 1e3,
                        pickups.getMaxValue() / 1e3));
            }
        }
    }

    /// Says when it was started.
    private record PingHandler(BlockingQueue<Long> started) implements Handler {
        @Override
        public String type() {
            return PING;
        }

        @Override
        public ActionResult run(JobContext context) {
            started.add(System.nanoTime());
            return ActionResult.done("{}");
        }
    }
}
