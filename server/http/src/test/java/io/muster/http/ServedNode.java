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
    /// For as long as a busy machine may take to answer: what is tested is not how fast it is.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public final FakeNode node;
    private final ServerResources resources;
    private final HttpServer server;
    private final HttpClient http = Client.connections();

    /// Makes a module's endpoints of what they need.
    @FunctionalInterface
    public interface Endpoints {
        List<Endpoint> of(NodePort node, Commands commands, Reads reads, PeerFanout fanout);
    }

    private ServedNode(FakeNode node, Duration leaderWait, Endpoints endpoints) throws IOException {
        var config = new HttpConfig("127.0.0.1", 0, Set.of(), leaderWait, PATIENCE, new HttpSecurity.PlainHttp());
        this.node = node;
        resources = ServerResources.of(config, TransportLimits.USUAL);
        var fanout = new PeerFanout(node, resources.peers().http(), config.peerTimeout());
        var rows = endpoints.of(node, new Commands(node), new Reads(node), fanout);
        server = new HttpServer(config, node, resources, rows, (_, _, _) -> {});
        server.start();
    }

    public static ServedNode of(FakeNode node, Endpoints endpoints) {
        return started(node, Duration.ofSeconds(5), endpoints);
    }

    /// One that waits for a leader no longer than a busy machine may take to ask one: for what is said when the wait is
    /// over.
    public static ServedNode impatient(FakeNode node, Endpoints endpoints) {
        return started(node, Duration.ofSeconds(1), endpoints);
    }

    private static ServedNode started(FakeNode node, Duration leaderWait, Endpoints endpoints) {
        try {
            return new ServedNode(node, leaderWait, endpoints);
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
