package io.muster.http;

import io.javalin.http.Context;
import io.muster.encoding.Bytes;
import io.muster.http.PeerAnswer.Silence;
import io.muster.log.EngineStatus;
import io.muster.log.NodeId;
import io.muster.wire.ConnectionFailures;
import io.muster.wire.WholeAnswer;
import io.muster.wire.WireLimits;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// Asks every other node the same question at once, and waits only shortly: a page about all nodes
/// must come also while some of them are dead.
public final class PeerFanout {
    private final NodePort cluster;
    private final HttpClient http;
    private final Duration patience;

    /// @param patience how long each may take
    public PeerFanout(NodePort cluster, HttpClient http, Duration patience) {
        this.cluster = cluster;
        this.http = http;
        this.patience = patience;
    }

    /// Whether a request comes from such a question: then this node speaks for itself only.
    public static boolean isAsked(Context ctx) {
        return ctx.header(LeaderGate.HOP_HEADER) != null;
    }

    /// What each of the others answers to a GET of `path` in the name of who asked here.
    public SortedMap<NodeId, PeerAnswer> ask(Context ctx, String path) {
        var credentials = new TreeMap<String, String>();
        for (String name : new String[] {"Authorization", "X-API-Key"}) {
            String value = ctx.header(name);
            if (value != null) {
                credentials.put(name, value);
            }
        }
        return ask(credentials, path);
    }

    /// The same under `key`: a node that was just started knows no key but those of the nodes.
    public SortedMap<NodeId, PeerAnswer> ask(String key, String path) {
        return ask(Map.of("Authorization", "Bearer " + key), path);
    }

    private SortedMap<NodeId, PeerAnswer> ask(Map<String, String> credentials, String path) {
        var questions = new TreeMap<NodeId, CompletableFuture<PeerAnswer>>();
        for (EngineStatus.PeerStatus peer : cluster.status().peers()) {
            questions.put(peer.id(), ask(cluster.apiAddress(peer.id()), credentials, path));
        }
        var answers = new TreeMap<NodeId, PeerAnswer>();
        questions.forEach((node, question) -> answers.put(node, question.join()));
        return answers;
    }

    private CompletableFuture<PeerAnswer> ask(Optional<URI> address, Map<String, String> credentials, String path) {
        if (address.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new PeerAnswer.Silent(Silence.NO_ADDRESS, "nobody knows where its API listens"));
        }
        var request = HttpRequest.newBuilder(address.get().resolve(path))
                .header(LeaderGate.HOP_HEADER, cluster.self().value());
        credentials.forEach(request::header);
        return WholeAnswer.of(http, request, patience, WireLimits.MAX_ANSWER_BYTES)
                .thenApply(PeerFanout::answer)
                .exceptionally(failure -> silence(address.get(), failure));
    }

    private static PeerAnswer answer(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 200
                ? new PeerAnswer.Given(Bytes.wrap(answer.body()))
                : new PeerAnswer.Silent(Silence.NOT_ANSWERED, "its API answers with status " + answer.statusCode());
    }

    private PeerAnswer silence(URI address, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return switch (cause) {
            case HttpTimeoutException _ ->
                new PeerAnswer.Silent(
                        Silence.TIMED_OUT,
                        "its API at " + address + " did not answer within " + patience.toMillis()
                                + " ms, so its process is frozen or overloaded, or the network loses what is sent");
            case ConnectException _ ->
                new PeerAnswer.Silent(Silence.REFUSED, "no process listens at the address of its API, " + address);
            default ->
                new PeerAnswer.Silent(
                        Silence.UNREACHABLE,
                        "its API at " + address + " cannot be asked: " + ConnectionFailures.describe(cause));
        };
    }
}
