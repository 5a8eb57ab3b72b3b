package io.muster.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The three processes of one run, each a JVM of its own with the same flags.
final class WritesGroup implements AutoCloseable {
    private static final List<String> NAMES = List.of("n1", "n2", "n3");
    private static final Set<String> SYNC_CALLS = Set.of("fsync", "fdatasync", "pwrite64");
    private static final int PATIENCE_SECONDS = 120;

    private final int bytes;
    private final List<Member> members = new ArrayList<>();
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private @Nullable Member leader;

    /// Whether the processes run under strace.
    enum Tracing {
        OFF,
        SYNCS
    }

    private record Member(String name, Process process, PrintWriter input) {}

    /// Something a process said, or that it has ended.
    private record Line(Member from, String text, boolean isEnd) {}

    /// What one load showed.
    ///
    /// @param leaderNanos the processor time of the leader's process
    /// @param groupNanos the processor time of all three processes
    record Result(
            long writes,
            long elapsedNanos,
            long p50Nanos,
            long p99Nanos,
            long batches,
            long syncs,
            long refused,
            long leaderNanos,
            long groupNanos,
            String threads) {
        double writesPerSecond() {
            return writes * 1e9 / elapsedNanos;
        }
    }

    private WritesGroup(int bytes) {
        this.bytes = bytes;
    }

    /// Starts the processes with empty logs in a folder `name` of the run's folder.
    static WritesGroup start(WritesOptions options, String name, Tracing tracing) throws IOException {
        var group = new WritesGroup(options.bytes());
        Path folder = Files.createDirectories(options.folder().resolve(name));
        List<String> addresses = freeAddresses();
        for (String node : NAMES) {
            List<String> command = new ArrayList<>();
            if (tracing == Tracing.SYNCS) {
                command.addAll(List.of("strace", "-f", "-c", "-e", "trace=fsync,fdatasync,pwrite64", "-o"));
                command.add(folder.resolve(node + ".strace").toString());
            }
            command.addAll(java(options, folder, node));
            command.addAll(List.of(
                    WritesNode.class.getName(), node, folder.resolve(node).toString()));
            command.addAll(addresses);
            group.launch(node, command);
        }
        return group;
    }

    /// Runs one load in the process of the leader.
    Result load(int inFlight, int warmupSeconds, int seconds) throws InterruptedException {
        leader().input().println("load " + inFlight + " " + warmupSeconds + " " + seconds + " " + bytes);
        await("MEASURING");
        long before = processorNanos();
        await("MEASURED");
        long spent = processorNanos() - before;
        String[] words = await("RESULT ").text().split(" ", -1);
        String threads = await("THREADS ").text().substring("THREADS ".length());
        return new Result(
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                Long.parseLong(words[6]),
                Long.parseLong(words[7]),
                Long.parseLong(words[8]),
                Long.parseLong(words[9]),
                spent,
                threads);
    }

    private long processorNanos() {
        return members.stream()
                .map(member -> member.process().info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToLong(Duration::toNanos)
                .sum();
    }

    /// Ends the processes and waits for them.
    @Override
    public void close() {
        members.forEach(member -> member.input().close());
        for (Member member : members) {
            try {
                if (!member.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    member.process().destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                member.process().destroyForcibly();
            }
        }
    }

    /// Whether system calls can be counted here.
    static boolean hasStrace() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "strace")));
    }

    /// What strace counted for each process that ran in `folder`, a line for each system call.
    static List<String> traces(Path folder) throws IOException {
        var found = new ArrayList<String>();
        for (String name : NAMES) {
            for (String line : Files.readAllLines(folder.resolve(name + ".strace"))) {
                String[] columns = line.strip().split("\\s+", -1);
                if (SYNC_CALLS.contains(columns[columns.length - 1])) {
                    found.add(name + " " + columns[columns.length - 1] + " " + columns[3]);
                }
            }
        }
        return found;
    }

    private static List<String> java(WritesOptions options, Path folder, String node) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseZGC", "-Xms" + options.heap(), "-Xmx" + options.heap()));
        command.add("--enable-native-access=ALL-UNNAMED");
        if (options.isRecording()) {
            command.add("-XX:StartFlightRecording=settings=profile,filename=" + folder.resolve(node + ".jfr"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    private void launch(String name, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var member =
                new Member(name, process, new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8));
        members.add(member);
        Thread.ofPlatform().daemon().name("output-of-" + name).start(() -> read(member));
    }

    /// Passes on what a process says; the end of its output is said too.
    private void read(Member member) {
        try (var output =
                new BufferedReader(new InputStreamReader(member.process().getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(new Line(member, line, false));
            }
        } catch (IOException e) {
            lines.add(new Line(member, "output lost: " + e.getMessage(), true));
        }
        lines.add(new Line(member, "ended", true));
    }

    /// The node that said last that it leads.
    private Member leader() throws InterruptedException {
        while (leader == null || !lines.isEmpty()) {
            Line line = next();
            if (line.text().equals("LEADING")) {
                leader = line.from();
            }
        }
        return leader;
    }

    private Line await(String beginning) throws InterruptedException {
        Line line = next();
        while (!line.text().startsWith(beginning)) {
            if (line.text().equals("LEADING")) {
                leader = line.from();
            }
            line = next();
        }
        return line;
    }

    private Line next() throws InterruptedException {
        Line line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null || line.isEnd()) {
            throw new IllegalStateException(
                    "the processes of the benchmark fell silent: their messages stand above this line");
        }
        return line;
    }

    private static List<String> freeAddresses() throws IOException {
        var probes = new ArrayList<ServerSocket>();
        var addresses = new ArrayList<String>();
        for (String name : NAMES) {
            var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            probes.add(probe);
            addresses.add(name + "=" + probe.getLocalPort());
        }
        for (ServerSocket probe : probes) {
            probe.close();
        }
        return addresses;
    }
}
