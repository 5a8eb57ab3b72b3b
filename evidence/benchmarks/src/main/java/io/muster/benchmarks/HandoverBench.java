package io.muster.benchmarks;

import io.muster.client.MusterException;
import io.muster.client.TransferRequest;
import io.muster.encoding.Bytes;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Leadership handed over under load, again and again: how long the longest write takes while it passes. One client
/// writes without a break, one write after the other, so that its longest write is the pause that it sees.
final class HandoverBench {
    private static final long PAUSE_NANOS = 500_000_000;

    private final LoadedCluster cluster;
    private final PrintStream out;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final ConcurrentLinkedQueue<Write> writes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failed = new AtomicInteger();

    private record Write(long begunNanos, long endedNanos) {
        double millis() {
            return (endedNanos - begunNanos) / 1e6;
        }

        boolean overlaps(long from, long to) {
            return endedNanos - from >= 0 && to - begunNanos >= 0;
        }
    }

    private HandoverBench(LoadedCluster cluster, PrintStream out) {
        this.cluster = cluster;
        this.out = out;
    }

    /// Returns whether no write failed.
    static boolean run(int times, PrintStream out) throws IOException, InterruptedException {
        try (var cluster = new LoadedCluster("handover", 8)) {
            return new HandoverBench(cluster, out).measure(times);
        }
    }

    private boolean measure(int times) throws InterruptedException {
        var load = Thread.ofVirtual().name("load").start(this::writeUntilOver);
        LockSupport.parkNanos(4 * PAUSE_NANOS);
        var pauses = new ArrayList<Double>();
        for (int i = 1; i <= times; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            long asked = System.nanoTime();
            var now = cluster.client().transferLeadership(new TransferRequest(null));
            long answered = System.nanoTime();
            LockSupport.parkNanos(PAUSE_NANOS);
            double pause = longest(asked, answered);
            pauses.add(pause);
            out.println(String.format(
                    Locale.ROOT,
                    "hand-over %d: to %s within %.1f ms, longest write meanwhile %.1f ms",
                    i,
                    now.leader(),
                    (answered - asked) / 1e6,
                    pause));
        }
        isOver.set(true);
        load.join();
        print(pauses);
        return failed.get() == 0;
    }

    private double longest(long from, long to) {
        return writes.stream()
                .filter(write -> write.overlaps(from, to))
                .mapToDouble(Write::millis)
                .max()
                .orElse(0);
    }

    private void writeUntilOver() {
        int count = 0;
        while (!isOver.get()) {
            long begun = System.nanoTime();
            String command = "{\"command\":{\"operation\":\"SET\",\"key\":\"pause\",\"value\":" + count++ + "}}";
            try {
                cluster.client().write("/api/command", Bytes.utf8(command));
                writes.add(new Write(begun, System.nanoTime()));
            } catch (MusterException e) {
                failed.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void print(List<Double> pauses) {
        Collections.sort(pauses);
        var usual = writes.stream().mapToDouble(Write::millis).sorted().toArray();
        out.println(String.format(
                Locale.ROOT,
                "handed over %d times: longest write meanwhile median %.1f ms, p95 %.1f ms, most %.1f ms",
                pauses.size(),
                pauses.get(pauses.size() / 2),
                pauses.get((int) Math.ceil(pauses.size() * 0.95) - 1),
                pauses.getLast()));
        out.println(String.format(
                Locale.ROOT,
                "%d writes, one after the other, failed %d; median of all %.2f ms",
                usual.length,
                failed.get(),
                usual.length == 0 ? 0 : usual[usual.length / 2]));
    }
}
