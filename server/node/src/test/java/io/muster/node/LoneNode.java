package io.muster.node;

import io.muster.client.ClientConfig;
import io.muster.client.MusterClient;
import io.muster.log.FreePorts;
import io.muster.objects.ObjectTimes;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A cluster of one inside the test's process: real disk, real HTTP, a real worker. Only the room on its disk is said
/// by the test.
public final class LoneNode implements AutoCloseable {
    final AtomicLong freeBytes = new AtomicLong(1L << 40);
    public final MusterClient client;

    private final MusterNode node;
    private final HttpConnections transport = new HttpConnections();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final String key;

    private LoneNode(NodeConfig config) throws IOException, InterruptedException {
        this(config, config.adminKey());
    }

    private LoneNode(NodeConfig config, Path keyFile) throws IOException, InterruptedException {
        node = new MusterNode(config, freeBytes::get, ObjectTimes.USUAL);
        node.start();
        address = "http://" + config.self().api();
        while (!Files.exists(keyFile)) {
            Pause.shortly();
        }
        var admin = ApiKey.read(keyFile);
        key = Files.readString(keyFile).strip();
        client = new MusterClient(new ClientConfig(List.of(address), Duration.ofSeconds(60)), admin, transport);
    }

    /// Starts one below `folder` and waits until its worker has joined.
    public static LoneNode start(Path folder) throws IOException, InterruptedException {
        return awaitWorker(new LoneNode(config(folder, NodeConfig.Work.DEFAULT_SLOTS)));
    }

    /// Starts one that runs no jobs itself.
    public static LoneNode startVoter(Path folder) throws IOException, InterruptedException {
        return new LoneNode(config(folder, 0));
    }

    /// Starts one, or starts it again, whose log may become no larger than `maxLogBytes`.
    static LoneNode startWithLogOf(long maxLogBytes, Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("muster.yaml");
        var written = Files.exists(file) ? ConfigFile.read(file, "") : config(folder, 0);
        var started = new LoneNode(withLogOf(maxLogBytes, written));
        while (started.get("/readyz").statusCode() != 200) {
            Pause.shortly();
        }
        return started;
    }

    /// A limit of the log that is finer than the key of the file allows.
    private static NodeConfig withLogOf(long maxLogBytes, NodeConfig written) {
        return new NodeConfig(
                written.clusterName(),
                written.engine(),
                written.members(),
                written.self(),
                written.data(),
                written.work(),
                written.advisories(),
                written.minFreeBytes(),
                written.adminKeyFile(),
                written.secret(),
                maxLogBytes,
                written.tls());
    }

    /// Starts one with workers whose audits match against `advisories`.
    public static LoneNode startAuditing(Path folder, Path advisories) throws IOException, InterruptedException {
        Path file = write(folder, NodeConfig.Work.DEFAULT_SLOTS);
        Files.writeString(file, Files.readString(file).replace("slots: ", "advisories: '" + advisories + "', slots: "));
        return awaitWorker(new LoneNode(ConfigFile.read(file, "")));
    }

    /// Starts one in a folder that was made for it, with the configuration that lies there; the key in `keyFile` opens
    /// it.
    static LoneNode startMade(Path folder, Path keyFile) throws IOException, InterruptedException {
        return new LoneNode(ConfigFile.read(folder.resolve("muster.yaml"), ""), keyFile);
    }

    private static LoneNode awaitWorker(LoneNode started) throws InterruptedException {
        while (started.client.cluster().workers().isEmpty()) {
            Pause.shortly();
        }
        return started;
    }

    public String address() {
        return address;
    }

    private static NodeConfig config(Path folder, int slots) throws IOException {
        return ConfigFile.read(write(folder, slots), "");
    }

    /// Writes the configuration of a cluster of one on free ports.
    public static Path write(Path folder, int slots) throws IOException {
        Path file = folder.resolve("muster.yaml");
        return Files.writeString(file, """
                cluster:
                  nodes:
                    - {id: node-1, node: "127.0.0.1:%d", api: "127.0.0.1:%d"}
                node: {slots: %d}
                """.formatted(FreePorts.next(), FreePorts.next(), slots));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address + path)).GET());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(
                request.header("Authorization", "Bearer " + key).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        node.close();
        transport.close();
        http.close();
    }
}
