package io.muster.simulation;

import java.io.PrintStream;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Runs many simulations, as `make sim` does: `Seeds FIRST COUNT`. It stops at the first violation with exit code 1 and
/// says how to see it again.
public final class Seeds {
    private static final long DEFAULT_COUNT = 200;
    private static final int REPORT_EVERY = 100;

    private Seeds() {}

    /// What many runs showed.
    ///
    /// @param isClean whether none broke anything
    /// @param runsThatSaw in how many runs each rarity was seen
    record SeedSummary(boolean isClean, Map<Rarity, Long> runsThatSaw) {
        SeedSummary {
            var counts = new EnumMap<Rarity, Long>(Rarity.class);
            counts.putAll(runsThatSaw);
            runsThatSaw = Collections.unmodifiableMap(counts);
        }
    }

    /// @param args the first seed and how many to run
    public static void main(String[] args) throws InterruptedException {
        long first = args.length > 0 ? Long.parseLong(args[0]) : 1;
        long count = args.length > 1 ? Long.parseLong(args[1]) : DEFAULT_COUNT;
        if (!run(first, count, System.out).isClean()) {
            Runtime.getRuntime().halt(1);
        }
    }

    /// Runs the seeds on all processors.
    static SeedSummary run(long first, long count, PrintStream out) throws InterruptedException {
        var next = new AtomicLong(first);
        var done = new AtomicLong();
        var accepted = new AtomicLong();
        var failure = new AtomicReference<>("");
        var seen = new EnumMap<Rarity, AtomicLong>(Rarity.class);
        for (Rarity rarity : Rarity.values()) {
            seen.put(rarity, new AtomicLong());
        }
        int width = Runtime.getRuntime().availableProcessors();
        var threads = new Thread[width];
        for (int i = 0; i < width; i++) {
            threads[i] = Thread.ofPlatform().name("simulation-" + i).start(() -> {
                for (long seed = next.getAndIncrement();
                        seed < first + count && failure.get().isEmpty();
                        seed = next.getAndIncrement()) {
                    try {
                        var summary = new Simulation(seed).run();
                        accepted.addAndGet(summary.accepted());
                        summary.seen()
                                .forEach(rarity ->
                                        Objects.requireNonNull(seen.get(rarity)).incrementAndGet());
                    } catch (ViolationException e) {
                        failure.compareAndSet("", String.valueOf(e.getMessage()));
                        return;
                    }
                    long finished = done.incrementAndGet();
                    if (finished % REPORT_EVERY == 0) {
                        out.println(finished + " of " + count + " seeds, " + accepted.get() + " jobs, no violation");
                    }
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        var runsThatSaw = new EnumMap<Rarity, Long>(Rarity.class);
        seen.forEach((rarity, runs) -> runsThatSaw.put(rarity, runs.get()));
        if (!failure.get().isEmpty()) {
            out.println(failure.get());
            return new SeedSummary(false, runsThatSaw);
        }
        out.println(done.get() + " seeds from " + first + ", " + accepted.get() + " jobs accepted, each finished once: "
                + "no violation");
        runsThatSaw.forEach((rarity, runs) -> out.println(runs + " runs saw " + rarity.words()));
        return new SeedSummary(true, runsThatSaw);
    }
}
