package io.muster.cli;

import io.muster.log.NodeId;
import io.muster.node.ConfigException;
import io.muster.node.ConfigFile;
import io.muster.node.FileFailure;
import io.muster.node.NodeConfig;
import io.muster.node.Pause;
import io.muster.node.PrivateFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Nodes as processes of their own on this machine, all on loopback, all below one folder. They end with the process
/// that started them, however that ends.
public final class LocalCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int MAX_PORT = 65_535;

    /// The cluster's configuration, the same for all of its nodes.
    static final String FILE = "muster.yaml";

    private final Path folder;
    private final NodeConfig layout;

    /// The nodes that run, or should. A node that is ended on purpose is taken out first, so that what is
    /// found here dead has ended by itself.
    private final Map<NodeId, RunningNode> running = new ConcurrentSkipListMap<>();

    private final BlockingQueue<EndedNode> ended = new LinkedBlockingQueue<>();

    /// A process, and where its part of the log begins: a node that starts again goes on in the same file.
    private record RunningNode(Process process, long logFrom) {}

    /// How a local cluster is laid out.
    ///
    /// @param name what people call it
    /// @param nodes how many nodes, named node-1, node-2, …
    /// @param firstPort ports are taken upwards from here, taken ones stepped over
    /// @param slots how many jobs each node runs at once
    /// @param advisories the folder of advisories, or `""`
    public record Plan(String name, int nodes, int firstPort, int slots, String advisories) {}

    private LocalCluster(Path folder, NodeConfig layout) {
        this.folder = folder;
        this.layout = layout;
    }

    /// As [#awaitStarted], for a cluster that was laid out a moment ago: one that does not start leaves nothing behind,
    /// or the next start would fail for the same reason.
    void awaitFirstStart() throws InterruptedException {
        try {
            awaitStarted();
        } catch (ConfigException | CannotDo e) {
            close();
            String words = ended.isEmpty()
                    ? String.valueOf(e.getMessage())
                    : ended.stream().map(EndedNode::lastWords).collect(Collectors.joining("\n"));
            new LocalClusterFiles(folder, layout).withdraw();
            String all = words + "\n    the cluster was not laid out: nothing is left of it in " + folder;
            throw e instanceof ConfigException ? new ConfigException(all) : new CannotDo(ExitCode.BAD, all);
        }
    }

    /// Lays a cluster out below `folder`, or finds the one that was laid out there before, and starts its nodes.
    public static LocalCluster start(Path folder, Plan plan) {
        makePrivate(folder);
        var found = find(folder);
        if (found.isEmpty()) {
            layOut(folder.resolve(FILE), plan);
        }
        var cluster = new LocalCluster(folder, found.orElseGet(() -> read(folder)));
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "muster-local-cluster"));
        cluster.layout.members().forEach(member -> cluster.start(member.id()));
        return cluster;
    }

    private static void makePrivate(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new ConfigException("cannot use " + folder + ": it is not a folder");
        }
        try {
            PrivateFolder.make(folder, FILE);
        } catch (IOException e) {
            throw new ConfigException("cannot use " + folder + ": " + FileFailure.of(e));
        }
    }

    /// The cluster that was laid out below `folder` before, as its first node is told.
    static Optional<NodeConfig> find(Path folder) {
        return Files.exists(folder.resolve(FILE)) ? Optional.of(read(folder)) : Optional.empty();
    }

    private static NodeConfig read(Path folder) {
        return ConfigFile.read(folder.resolve(FILE), "node-1");
    }

    /// The nodes with their addresses.
    public List<NodeConfig.Member> members() {
        return layout.members();
    }

    /// Where the API of a node answers.
    public String address(NodeConfig.Member member) {
        return layout.apiUri(member).toString();
    }

    /// Where the admin key is, once a leader has written it.
    public Path adminKey() {
        return layout.adminKey();
    }

    /// What a node prints.
    public Path log(NodeId id) {
        return folder.resolve(id + ".log");
    }

    /// Starts a node that is not running.
    public void start(NodeId id) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib") && !argument.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Muster.class.getName(), "node"));
        command.addAll(List.of("--config", folder.resolve(FILE).toString(), "--id", id.value()));
        command.addAll(
                List.of("--end-with", Long.toString(ProcessHandle.current().pid())));
        try {
            long logFrom = Files.exists(log(id)) ? Files.size(log(id)) : 0;
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log(id).toFile()))
                    .start();
            var run = new RunningNode(process, logFrom);
            running.put(id, run);
            Thread.ofVirtual().name("muster-watch-" + id).start(() -> notice(id, run));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + id, e);
        }
    }

    /// Waits until every node says that it has started.
    ///
    /// Throws what [#requireRunning] throws when one ends instead.
    public void awaitStarted() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (NodeConfig.Member member : members()) {
            while (!hasStarted(member.id())) {
                requireRunning();
                if (System.nanoTime() > end) {
                    throw new CannotDo(
                            ExitCode.BAD,
                            member.id() + " did not start within " + PATIENCE.toSeconds() + " s; what it printed is in "
                                    + log(member.id()));
                }
                Pause.shortly();
            }
        }
    }

    private boolean hasStarted(NodeId id) {
        var run = running.get(id);
        if (run == null) {
            return false;
        }
        try (var printed = Files.newInputStream(log(id))) {
            printed.skipNBytes(run.logFrom());
            return new String(printed.readAllBytes(), StandardCharsets.UTF_8).contains(NodeCommand.STARTED);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what " + id + " printed", e);
        }
    }

    /// Throws when a node ended that nobody ended on purpose, and says what it said last: a [ConfigException] where
    /// its configuration is wrong.
    public void requireRunning() {
        var first = ended.peek();
        if (first != null) {
            String all = ended.stream().map(EndedNode::toString).collect(Collectors.joining("\n"));
            throw first.isMisconfigured() ? new ConfigException(all) : new CannotDo(ExitCode.BAD, all);
        }
    }

    /// Waits until a node ends by itself.
    EndedNode awaitEnd() throws InterruptedException {
        return ended.take();
    }

    /// How many nodes run.
    int size() {
        return running.size();
    }

    private void notice(NodeId id, RunningNode run) {
        run.process().onExit().join();
        if (running.remove(id, run)) {
            ended.add(EndedNode.read(id, run.process().exitValue(), log(id), run.logFrom()));
        }
    }

    /// Ends a node's process with SIGKILL: it does nothing more, not even a sync.
    public void kill(NodeId id) {
        var run = running.remove(id);
        if (run != null) {
            run.process().destroyForcibly();
            await(run.process());
        }
    }

    /// Asks a node to finish and end, as an operator does who restarts it; returns its exit code.
    public int end(NodeId id) {
        var run = running.remove(id);
        if (run == null) {
            throw new IllegalStateException(id + " does not run");
        }
        run.process().destroy();
        await(run.process());
        return run.process().exitValue();
    }

    /// The process id of a running node.
    public Optional<Long> pid(NodeId id) {
        return Optional.ofNullable(running.get(id)).map(run -> run.process().pid());
    }

    /// Asks every node to finish and end, and ends those that do not. Safe to call twice.
    @Override
    public void close() {
        var runs = List.copyOf(running.values());
        running.clear();
        runs.forEach(run -> run.process().destroy());
        runs.forEach(run -> await(run.process()));
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /// Writes the configuration of a cluster, each node with an address that is free now.
    static void layOut(Path file, Plan plan) {
        var ports = freePorts(plan.firstPort(), plan.nodes() * 2);
        var nodes = new StringJoiner("\n");
        for (int i = 0; i < plan.nodes(); i++) {
            nodes.add("    - {id: node-%d, node: \"127.0.0.1:%d\", api: \"127.0.0.1:%d\"}"
                    .formatted(i + 1, ports.get(2 * i), ports.get(2 * i + 1)));
        }
        String advisories = plan.advisories().isEmpty()
                ? ""
                : "  advisories: '%s'\n"
                        .formatted(Path.of(plan.advisories())
                                .toAbsolutePath()
                                .toString()
                                .replace("'", "''"));
        String yaml = """
                # Written by muster up; nodes that run already do not notice changes.
                cluster:
                  name: %s
                  nodes:
                %s
                node:
                  slots: %d
                  adminKeyFile: admin.key
                %s""".formatted(plan.name(), nodes, plan.slots(), advisories);
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new ConfigException("cannot lay out a cluster in " + file.getParent() + ": " + FileFailure.of(e));
        }
    }

    /// Ports that are free now; another process may still take one, and the node that finds it taken says so.
    private static List<Integer> freePorts(int first, int count) {
        var ports = new ArrayList<Integer>();
        for (int port = first; port <= MAX_PORT && ports.size() < count; port++) {
            if (isFree(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new ConfigException("there are no " + count + " free ports from " + first + " on");
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
