package io.muster.api;

import io.muster.client.NodeReport;
import io.muster.client.SilentNode;
import io.muster.encoding.Bytes;
import io.muster.http.PeerQuestion;
import io.muster.log.EngineStatus;
import io.muster.log.NodeId;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/// Asks every other node at once for its report, with this node's own key: a node that was just started
/// knows no other.
final class ReportGathering {
    private final ClusterPort cluster;
    private final HttpClient http;
    private final Duration patience;

    /// @param patience how long each may take
    ReportGathering(ClusterPort cluster, HttpClient http, Duration patience) {
        this.cluster = cluster;
        this.http = http;
        this.patience = patience;
    }

    /// What became of asking one node.
    sealed interface Answer {
        /// It reports.
        record Given(NodeReport report) implements Answer {}

        /// It does not.
        record Missing(SilentNode node) implements Answer {}
    }

    /// What each of the others answers to a GET of `path`.
    List<Answer> ask(String path) {
        List<CompletableFuture<Answer>> questions = cluster.status().peers().stream()
                .map(EngineStatus.PeerStatus::id)
                .map(node -> ask(node, cluster.apiAddress(node), path))
                .toList();
        return questions.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<Answer> ask(NodeId node, Optional<URI> address, String path) {
        if (address.isEmpty()) {
            return CompletableFuture.completedFuture(missing(node, "no-address", "nobody knows where its API listens"));
        }
        var request = HttpRequest.newBuilder(address.get().resolve(path))
                .header("Authorization", "Bearer " + cluster.ownKey());
        return PeerQuestion.ask(http, request, patience)
                .thenApply(answer -> read(node, answer))
                .exceptionally(failure -> silence(node, address.get(), failure));
    }

    private static Answer read(NodeId node, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            return missing(node, "not-answered", "its API answers with status " + answer.statusCode());
        }
        try {
            return new Answer.Given(Json.read(Bytes.wrap(answer.body()), NodeReport.class));
        } catch (MalformedJsonException e) {
            return missing(node, "not-answered", "its report cannot be read: " + e.getMessage());
        }
    }

    private Answer silence(NodeId node, URI address, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return switch (cause) {
            case HttpTimeoutException _, TimeoutException _ ->
                missing(
                        node,
                        "timed-out",
                        "its API at " + address + " did not answer within " + patience.toMillis()
                                + " ms, so its process is frozen or overloaded, or the network loses what is sent");
            case ConnectException _ ->
                missing(node, "refused", "no process listens at the address of its API, " + address);
            default ->
                missing(node, "unreachable", "its API at " + address + " cannot be asked: " + cause.getMessage());
        };
    }

    private static Answer missing(NodeId node, String why, String reason) {
        return new Answer.Missing(new SilentNode(node.value(), why, reason));
    }
}
