package io.muster.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Replicated, synced writes through three processes on loopback, with the load inside the leader's process.
///
/// A row names what was in flight, writes a second, latencies, entries a batch and syncs for each thousand writes. The
/// machine's own time for one sync stands above, because the figures move with it: compare rows of one run, and runs of
/// one machine.
public final class WritesBench {
    private static final int PROBES = 500;
    private static final int PROBE_BYTES = 4_096;

    private final WritesOptions options;
    private final PrintStream out;

    private WritesBench(WritesOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            run(WritesOptions.parse(List.of(arguments), Files.createTempDirectory("muster-writes")), System.out);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /// Runs what `options` ask for and prints the figures to `out`.
    public static void run(WritesOptions options, PrintStream out) throws IOException, InterruptedException {
        Files.createDirectories(options.folder());
        var bench = new WritesBench(options, out);
        bench.printMachine();
        bench.measure();
        if (options.isProvingSyncs()) {
            bench.proveSyncs();
        }
    }

    private void measure() throws IOException, InterruptedException {
        try (var group = WritesGroup.start(options, "timed", WritesGroup.Tracing.OFF)) {
            out.println("in flight |  writes/s | p50 ms | p99 ms | entries/batch | syncs/1,000 writes");
            for (int inFlight : options.inFlight()) {
                WritesGroup.Result result = group.load(inFlight, options.warmupSeconds(), options.seconds());
                out.println(String.format(
                        Locale.ROOT,
                        "%9d | %,9.0f | %6.2f | %6.2f | %13.1f | %.1f",
                        inFlight,
                        result.writesPerSecond(),
                        result.p50Nanos() / 1e6,
                        result.p99Nanos() / 1e6,
                        (double) result.writes() / Math.max(1, result.batches()),
                        1_000.0 * result.syncs() / Math.max(1, result.writes())));
                out.println(String.format(
                        Locale.ROOT,
                        "          processor a write: %.1f us of all three, %.1f us of the leader's; %s",
                        result.groupNanos() / 1e3 / Math.max(1, result.writes()),
                        result.leaderNanos() / 1e3 / Math.max(1, result.writes()),
                        result.threads()));
                if (result.refused() > 0) {
                    out.println("          " + result.refused() + " writes were refused: not a measurement");
                }
            }
        }
    }

    /// Counts the system calls of all three processes under strace. Tracing slows everything, so nothing is timed.
    private void proveSyncs() throws IOException, InterruptedException {
        if (!WritesGroup.hasStrace()) {
            out.println("syncs are not proven: strace is not installed here (apt-get install strace)");
            return;
        }
        for (int inFlight : options.inFlight()) {
            long writes;
            String name = "traced-" + inFlight;
            try (var group = WritesGroup.start(options, name, WritesGroup.Tracing.SYNCS)) {
                writes = group.load(inFlight, 0, options.seconds()).writes();
            }
            out.println(String.format(Locale.ROOT, "counted by strace, %d in flight, %,d writes:", inFlight, writes));
            for (String line : WritesGroup.traces(options.folder().resolve(name))) {
                out.println("  " + line);
            }
        }
    }

    private void printMachine() throws IOException {
        out.println(String.format(
                Locale.ROOT,
                "3 processes on loopback, load inside the leader's process, %d bytes a command, ZGC, -Xmx%s, Java %s",
                options.bytes(),
                options.heap(),
                Runtime.version()));
        out.println("durability: acknowledged after a majority has synced (SQLite WAL, synchronous=FULL); fsync on");
        out.println(String.format(
                Locale.ROOT,
                "machine: %d processors, load average %.1f, one sync of %d bytes takes %.2f ms (median of %d)",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                PROBE_BYTES,
                syncNanos() / 1e6,
                PROBES));
    }

    /// The median time of writing over a page of an existing file and syncing it, which is what a commit costs at
    /// least.
    private long syncNanos() throws IOException {
        Path file = options.folder().resolve("sync-probe");
        long[] times = new long[PROBES];
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocate(PROBE_BYTES);
            for (int i = 0; i < PROBES; i++) {
                long start = System.nanoTime();
                channel.write(page.clear(), 0);
                channel.force(false);
                times[i] = System.nanoTime() - start;
            }
        }
        Files.delete(file);
        Arrays.sort(times);
        return times[PROBES / 2];
    }
}
