package io.muster.http;

import io.javalin.http.Context;
import io.muster.encoding.Bytes;
import io.muster.log.EngineStatus;
import io.muster.log.NodeId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// Asks every other node the same question at once, in the caller's name, and waits only shortly: a page about all
/// nodes must come also while some of them are dead.
public final class PeerFanout {
    private final NodePort cluster;
    private final HttpClient http;
    private final Duration patience;

    public PeerFanout(NodePort cluster, HttpClient http, Duration patience) {
        this.cluster = cluster;
        this.http = http;
        this.patience = patience;
    }

    /// Whether a request comes from such a question: then this node speaks for itself only.
    public static boolean isAsked(Context ctx) {
        return ctx.header(LeaderGate.HOP_HEADER) != null;
    }

    /// What each of the others answers to a GET of `path`; none for one that does not answer with 200 in time.
    public Map<NodeId, Optional<Bytes>> ask(Context ctx, String path) {
        var questions = new TreeMap<NodeId, CompletableFuture<Optional<Bytes>>>();
        for (EngineStatus.PeerStatus peer : cluster.status().peers()) {
            questions.put(peer.id(), ask(ctx, cluster.apiAddress(peer.id()), path));
        }
        var answers = new TreeMap<NodeId, Optional<Bytes>>();
        questions.forEach((node, question) -> answers.put(node, question.join()));
        return answers;
    }

    private CompletableFuture<Optional<Bytes>> ask(Context ctx, Optional<URI> address, String path) {
        if (address.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var request = HttpRequest.newBuilder(address.get().resolve(path))
                .header(LeaderGate.HOP_HEADER, cluster.self().value());
        for (String name : new String[] {"Authorization", "X-API-Key"}) {
            String value = ctx.header(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return PeerQuestion.ask(http, request, patience)
                .thenApply(answer ->
                        answer.statusCode() == 200 ? Optional.of(Bytes.wrap(answer.body())) : Optional.<Bytes>empty())
                .exceptionally(_ -> Optional.empty());
    }
}
