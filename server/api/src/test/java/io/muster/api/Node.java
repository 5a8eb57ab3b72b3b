package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.encoding.Bytes;
import io.muster.exchange.ExchangeCodec;
import io.muster.exchange.ExchangeReply;
import io.muster.exchange.ExchangeRequest;
import io.muster.exchange.RunOutcome;
import io.muster.exchange.RunResult;
import io.muster.history.HistoryStore;
import io.muster.http.Client;
import io.muster.http.HttpConfig;
import io.muster.http.HttpSecurity;
import io.muster.http.TransportLimits;
import io.muster.log.Asker;
import io.muster.log.Envelope;
import io.muster.objects.ObjectReplication;
import io.muster.objects.ObjectStore;
import io.muster.objects.ObjectTimes;
import io.muster.state.ClusterCommand;
import io.muster.state.ClusterState;
import io.muster.wire.Json;
import io.muster.wire.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A server under test with everything behind it: a [FakeCluster], a real history in a folder of its own, and clients
/// with keys. As a field with `@AutoClose` each test has one, started before it and closed after it.
public final class Node implements AutoCloseable {
    /// Waits for other nodes for as long as a busy machine may take to answer: what is tested is not how fast it is.
    private static final HttpConfig PATIENT = new HttpConfig(
            "127.0.0.1", 0, Set.of(), Duration.ofSeconds(5), Duration.ofSeconds(30), new HttpSecurity.PlainHttp());

    /// Waits for a leader no longer than a busy machine may take to ask one: for what is said when the wait is over.
    static final HttpConfig IMPATIENT = new HttpConfig(
            "127.0.0.1", 0, Set.of(), Duration.ofSeconds(1), Duration.ofSeconds(30), new HttpSecurity.PlainHttp());

    private static final int MAX_BATCH = 1_000;

    final FakeCluster cluster;
    final HistoryStore history;
    final ObjectStore store;
    final ObjectReplication objects;
    final ApiServer server;

    private final PeerObjects peers;

    private final Path folder;
    /// Its connections end with the node: a server waits for those that its callers keep.
    private final HttpClient http = Client.connections();

    private Node(String name, HttpConfig config, TransportLimits limits) throws IOException {
        folder = Files.createTempDirectory(name);
        cluster = new FakeCluster(name);
        history = HistoryStore.open(folder, FakeCluster.ID, failure -> {
            throw new AssertionError(failure);
        });
        cluster.keepHistoryIn(history);
        store = ObjectStore.open(folder.resolve("objects"), ObjectTimes.USUAL, System::nanoTime);
        peers = new PeerObjects(cluster, config.security());
        objects = new ObjectReplication(cluster.self(), store, peers, cluster::diskPressure);
        server = new ApiServer(config, cluster, new ApiServer.Stores(history, objects), limits);
        server.start();
    }

    /// A node of that name, which knows no leader yet.
    static Node started(String name) {
        return started(name, PATIENT);
    }

    static Node started(String name, HttpConfig config) {
        return started(name, config, TransportLimits.USUAL);
    }

    private static Node started(String name, HttpConfig config, TransportLimits limits) {
        try {
            return new Node(name, config, limits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A cluster of one, which leads in `term`.
    static Node leading(long term) {
        return leading(term, TransportLimits.USUAL);
    }

    /// A cluster of one, which leads in `term`, and gives its peers as much as `limits` say.
    static Node leading(long term, TransportLimits limits) {
        Node node = started("node-1", PATIENT, limits);
        node.cluster.led("node-1", term);
        return node;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /// A client with a key of that role; a worker is `worker-a`.
    Client client(Role role) {
        return client(role, role == Role.WORKER ? "worker-a" : "");
    }

    private Client client(Role role, String worker) {
        return stranger().with("Authorization", "Bearer " + cluster.grant(role, worker));
    }

    /// The node itself, as another node sees it.
    Client ofNode() {
        return client(Role.WORKER, cluster.self().value());
    }

    /// A client without a key.
    Client stranger() {
        return Client.of(http, address());
    }

    /// Submits `count` jobs that do nothing.
    void submitNoops(int count) throws IOException, InterruptedException {
        Client operator = client(Role.OPERATOR);
        for (int left = count; left > 0; left -= MAX_BATCH) {
            String jobs = IntStream.range(0, Math.min(left, MAX_BATCH))
                    .mapToObj(_ -> "{\"type\":\"noop\"}")
                    .collect(Collectors.joining(","));
            var answer = operator.post("/v1/jobs:batch", "{\"jobs\":[" + jobs + "]}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    /// Lets a worker of that name join, with handlers for those types.
    void joinWorker(String name, int slots, String... handlers) throws IOException, InterruptedException {
        var request = new ExchangeRequest(
                name, 7, 1, slots, Map.of(), List.of(handlers), false, List.of(), List.<RunResult>of());
        var answer = client(Role.WORKER, name)
                .post("/v1/work", ExchangeCodec.encode(request).text());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /// Makes a job of that type dead: its one attempt fails for good.
    void makeDead(String type) throws IOException, InterruptedException {
        makeAllDead(type, 1);
    }

    /// Makes `count` further jobs of that type dead, and all that wait.
    void makeAllDead(String type, int count) throws IOException, InterruptedException {
        Client operator = client(Role.OPERATOR);
        for (int left = count; left > 0; left -= MAX_BATCH) {
            String job = "{\"type\":\"" + type + "\",\"maxAttempts\":1}";
            String jobs = String.join(",", Collections.nCopies(Math.min(left, MAX_BATCH), job));
            operator.post("/v1/jobs:batch", "{\"jobs\":[" + jobs + "]}");
        }
        // A name of a worker is no longer than 64 characters; that of a type may be nearly as long.
        String name = "mortician-" + Integer.toHexString(type.hashCode());
        Client worker = client(Role.WORKER, name);
        List<RunResult> results = List.of();
        int sequence = 1;
        do {
            var request = new ExchangeRequest(
                    name, 9, sequence++, MAX_BATCH, Map.of(), List.of(type), false, List.of(), results);
            var answer = worker.post("/v1/work", ExchangeCodec.encode(request).text());
            var reply = (ExchangeReply) ExchangeCodec.decodeAnswer(Bytes.utf8(answer.body()));
            results = reply.claims().stream()
                    .map(claim -> new RunResult(claim.id(), new RunOutcome.Failed("it broke", false)))
                    .toList();
        } while (!results.isEmpty());
    }

    /// Lets `worker-a` take the jobs of an audit, as far as its eight slots go, and conclude each with `result`.
    void concludeAudit(String result) throws IOException, InterruptedException {
        Client worker = client(Role.WORKER);
        var labels = Map.of("advisories", FakeCluster.DATABASE.substring(0, 12));
        List<RunResult> results = List.of();
        for (int sequence = 1; sequence <= 3; sequence++) {
            var request = new ExchangeRequest(
                    "worker-a", 7, sequence, 8, labels, List.of("audit"), false, List.of(), results);
            var answer = worker.post("/v1/work", ExchangeCodec.encode(request).text());
            var reply = (ExchangeReply) ExchangeCodec.decodeAnswer(Bytes.utf8(answer.body()));
            results = reply.claims().stream()
                    .map(claim -> new RunResult(claim.id(), new RunOutcome.Succeeded(Bytes.utf8(result))))
                    .toList();
        }
    }

    /// The cluster has agreed on all that this version can do.
    void raiseFeatureLevel() {
        var raise = new ClusterCommand.RaiseFeatureLevel(ClusterState.FEATURE_LEVEL);
        cluster.propose(Envelope.of(raise, Asker.CLUSTER)).toCompletableFuture().join();
    }

    /// What an answer that is no refusal carries.
    static <T> T read(HttpResponse<String> answer, Class<T> type) {
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return Json.read(Bytes.utf8(answer.body()), type);
    }

    /// The problem document that an answer carries.
    static Problem problem(HttpResponse<String> answer) {
        return Client.problem(answer);
    }

    @Override
    public void close() {
        cluster.unhang();
        http.shutdownNow();
        server.close();
        peers.close();
        store.close();
        history.close();
        cluster.close();
        delete();
    }

    private void delete() {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
