package io.muster.benchmarks;

import io.muster.client.ApiKey;
import io.muster.client.ClientConfig;
import io.muster.client.MusterClient;
import io.muster.client.Transport;
import io.muster.node.LocalCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Three real nodes in a folder of their own, and a client that waits until they lead and work.
final class LoadedCluster implements AutoCloseable {
    private static final int FIRST_PORT = 7301;
    private static final long LOOK_NANOS = 5_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final LocalCluster nodes;
    private final Transport transport = new Transport();
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

    MusterClient client() {
        return client;
    }

    List<String> addresses() {
        return nodes.members().stream().map(member -> "http://" + member.api()).toList();
    }

    ApiKey key() throws IOException {
        return ApiKey.read(nodes.adminKey());
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
