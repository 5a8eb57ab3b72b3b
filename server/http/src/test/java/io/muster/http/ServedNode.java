package io.muster.http;

import io.muster.access.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// A [FakeNode] behind the real server, which answers what a test gives it: for a module's own endpoints, without those
/// of the others. As a field with `@AutoClose` each test has one, started before it and closed after it.
public final class ServedNode implements AutoCloseable {
    /// Waits for other nodes for as long as a busy machine may take to answer, and shortly for a leader.
    private static final HttpConfig CONFIG =
            new HttpConfig("127.0.0.1", 0, Set.of(), Duration.ofSeconds(1), Duration.ofSeconds(30));

    public final FakeNode node;
    private final ServerResources resources = ServerResources.of(CONFIG, TransportLimits.USUAL);
    private final HttpServer server;
    private final HttpClient http = Client.connections();

    /// Makes a module's endpoints of what they need.
    @FunctionalInterface
    public interface Endpoints {
        List<Endpoint> of(NodePort node, Commands commands, Reads reads, PeerFanout fanout);
    }

    private ServedNode(FakeNode node, Endpoints endpoints) throws IOException {
        this.node = node;
        var fanout = new PeerFanout(node, resources.peers().http(), CONFIG.peerTimeout());
        var rows = endpoints.of(node, new Commands(node), new Reads(node), fanout);
        server = new HttpServer(CONFIG, node, resources, rows, (_, _, _) -> {});
        server.start();
    }

    public static ServedNode of(FakeNode node, Endpoints endpoints) {
        try {
            return new ServedNode(node, endpoints);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /// A client with a key of that role.
    public Client client(Role role) {
        return stranger().with("Authorization", "Bearer " + node.grant(role, "").reveal());
    }

    /// A client without a key.
    public Client stranger() {
        return Client.of(http, address());
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
        resources.close();
    }
}
