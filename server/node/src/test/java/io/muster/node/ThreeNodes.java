package io.muster.node;

import io.muster.client.ClientConfig;
import io.muster.client.MusterClient;
import io.muster.client.ObjectTransfer;
import io.muster.log.FreePorts;
import io.muster.objects.ObjectTimes;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Three whole nodes in the test's process, over real connections and disks, each of which can be stopped and started.
final class ThreeNodes implements AutoCloseable {
    private final Path config;
    private final ObjectTimes times;
    private final TreeMap<Integer, MusterNode> running = new TreeMap<>();
    private final HttpConnections transport = new HttpConnections();
    private final ApiKey key;

    private ThreeNodes(Path folder, ObjectTimes times, int slots) throws IOException, InterruptedException {
        this.times = times;
        config = Files.writeString(folder.resolve("muster.yaml"), """
                cluster:
                  nodes:
                    - {id: node-1, node: "127.0.0.1:%d", api: "127.0.0.1:%d"}
                    - {id: node-2, node: "127.0.0.1:%d", api: "127.0.0.1:%d"}
                    - {id: node-3, node: "127.0.0.1:%d", api: "127.0.0.1:%d"}
                node: {slots: %d}
                """.formatted(
                        Stream.concat(Stream.generate(FreePorts::next).limit(6), Stream.of(slots))
                                .toArray()));
        for (int number = 1; number <= 3; number++) {
            start(number);
        }
        key = awaitKey();
        awaitLevel();
    }

    /// Three that run and let objects go as `times` say.
    static ThreeNodes started(Path folder, ObjectTimes times, int slots) throws IOException, InterruptedException {
        return new ThreeNodes(folder, times, slots);
    }

    void start(int number) throws IOException {
        NodeConfig read = ConfigFile.read(config, "node-" + number);
        var node = new MusterNode(read, DiskWatch.FreeSpace.of(read.data()), times);
        node.start();
        running.put(number, node);
    }

    void stop(int number) {
        Objects.requireNonNull(running.remove(number), "it runs").close();
    }

    private ApiKey awaitKey() throws IOException, InterruptedException {
        while (true) {
            for (int number = 1; number <= 3; number++) {
                Path file = ConfigFile.read(config, "node-" + number).adminKey();
                if (Files.exists(file)) {
                    return ApiKey.read(file);
                }
            }
            Pause.shortly();
        }
    }

    /// Until the cluster agreed on what its nodes can do, the log names no objects.
    private void awaitLevel() throws InterruptedException {
        while (client(1, 2, 3).cluster().featureLevel() < 2) {
            Pause.shortly();
        }
    }

    ApiKey key() {
        return key;
    }

    HttpConnections transport() {
        return transport;
    }

    String address(int number) {
        NodeConfig read = ConfigFile.read(config, "node-" + number);
        return read.apiUri(read.self()).toString();
    }

    private ClientConfig asking(Duration patience, int... numbers) {
        var addresses = new ArrayList<String>();
        for (int number : numbers) {
            addresses.add(address(number));
        }
        return new ClientConfig(List.copyOf(addresses), patience);
    }

    MusterClient client(int... numbers) {
        return new MusterClient(asking(Duration.ofSeconds(60), numbers), key, transport);
    }

    ObjectTransfer transfer(Duration patience, int... numbers) {
        return new ObjectTransfer(asking(patience, numbers), key, transport);
    }

    /// Where a node keeps its objects.
    Path folder(int number) {
        return ConfigFile.read(config, "node-" + number).data().resolve("objects");
    }

    /// Where a node receives objects.
    Path incoming(int number) {
        return folder(number).resolve("incoming");
    }

    /// Where a node keeps an object.
    Path file(int number, String digest) {
        return folder(number).resolve(digest.substring(0, 2)).resolve(digest);
    }

    @Override
    public void close() {
        transport.close();
        running.values().forEach(MusterNode::close);
    }
}
