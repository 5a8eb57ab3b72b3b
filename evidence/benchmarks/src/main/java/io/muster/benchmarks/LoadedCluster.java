package io.muster.benchmarks;

import io.muster.cli.LocalCluster;
import io.muster.client.ClientConfig;
import io.muster.client.MusterClient;
import io.muster.log.NodeId;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Three real nodes in a folder of their own, and a client that waits until they lead and work.
final class LoadedCluster implements AutoCloseable {
    private static final int FIRST_PORT = 7301;
    private static final long LOOK_NANOS = 5_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final LocalCluster nodes;
    private final HttpConnections transport = new HttpConnections();
    private final MusterClient client;

    LoadedCluster(String name, int slots) throws IOException, InterruptedException {
        folder = Files.createTempDirectory("muster-" + name);
        nodes = LocalCluster.start(folder, new LocalCluster.Plan(name, 3, FIRST_PORT, slots, ""));
        while (!Files.exists(nodes.adminKey())) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        client = new MusterClient(new ClientConfig(addresses(), PATIENCE), key(), transport);
        while (client.cluster().workers().size() < 3) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    LocalCluster nodes() {
        return nodes;
    }

    /// Where a node keeps its log and its history.
    Path data(NodeId id) {
        return folder.resolve("data").resolve(id.value());
    }

    MusterClient client() {
        return client;
    }

    List<String> addresses() {
        return nodes.members().stream().map(member -> "http://" + member.api()).toList();
    }

    ApiKey key() throws IOException {
        return ApiKey.read(nodes.adminKey());
    }

    /// The node that leads, or one that does not.
    NodeId victim(boolean isLeader) throws InterruptedException {
        var seen = client.cluster();
        for (var node : seen.nodes()) {
            if (node.node().equals(seen.leader()) == isLeader) {
                return new NodeId(node.node());
            }
        }
        throw new IllegalStateException("the cluster says that it has no leader while it is under load");
    }

    /// Waits until all three nodes are back, have applied the log and work.
    void awaitAll() throws InterruptedException {
        long wanted = client.cluster().index();
        while (true) {
            var seen = client.cluster();
            boolean isWhole = seen.nodes().stream().allMatch(node -> node.applied() >= wanted)
                    && seen.workers().stream()
                                    .filter(worker -> worker.state().equals("joined"))
                                    .count()
                            == 3;
            if (isWhole) {
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS * 4);
        }
    }

    /// Waits until no job is open.
    void awaitDrained() throws InterruptedException {
        while (open() > 0) {
            LockSupport.parkNanos(LOOK_NANOS * 10);
        }
    }

    /// How many jobs wait or run.
    long open() throws InterruptedException {
        return client.cluster().counts().entrySet().stream()
                .filter(each -> each.getKey().isLive())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public void close() {
        transport.close();
        nodes.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean up " + folder, e);
        }
    }
}
