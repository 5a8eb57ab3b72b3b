package io.muster.api;

import io.muster.access.Role;
import io.muster.client.Json;
import io.muster.client.Problem;
import io.muster.encoding.Bytes;
import io.muster.history.HistoryStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/// A server under test with everything behind it: a [FakeCluster], a real history, and clients with keys.
final class Node implements AutoCloseable {
    /// Waits for other nodes for as long as a busy machine may take to answer: what is tested is not how fast it is.
    private static final ApiConfig PATIENT =
            new ApiConfig("127.0.0.1", 0, Set.of(), Duration.ofSeconds(5), Duration.ofSeconds(30));

    final FakeCluster cluster;
    final HistoryStore history;
    final ApiServer server;

    private Node(String name, Path folder) {
        cluster = new FakeCluster(name);
        history = HistoryStore.open(folder, FakeCluster.ID, failure -> {
            throw new AssertionError(failure);
        });
        cluster.keepHistoryIn(history);
        server = new ApiServer(PATIENT, cluster, history);
    }

    static Node start(String name, Path folder) throws IOException {
        var node = new Node(name, folder);
        node.server.start();
        return node;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /// A client with a key of that role; a worker is `worker-a`.
    Client client(Role role) {
        String worker = role == Role.WORKER ? "worker-a" : "";
        return Client.of(server).with("Authorization", "Bearer " + cluster.grant(role, worker));
    }

    /// A client without a key.
    Client stranger() {
        return Client.of(server);
    }

    /// The problem document that an answer carries.
    static Problem problem(HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("none");
        if (!type.equals("application/problem+json")) {
            throw new AssertionError("no problem but " + answer.statusCode() + " " + type + " " + answer.body());
        }
        return Json.read(Bytes.utf8(answer.body()), Problem.class);
    }

    @Override
    public void close() {
        server.close();
        history.close();
        cluster.close();
    }
}
