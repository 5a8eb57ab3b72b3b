package io.muster.dispatch;

import io.muster.encoding.Bytes;
import io.muster.exchange.ExchangeCodec;
import io.muster.http.LeaderGate;
import io.muster.http.NodePort;
import io.muster.log.NodeId;
import io.muster.wire.WholeAnswer;
import io.muster.wire.WireLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// Passes a worker's exchange on to the leader, for a channel that was opened at another node. The answer names the
/// leader, so that the worker goes there itself next time.
final class ExchangeRelay {
    private static final int RETRY_MILLIS = 50;

    private final NodePort cluster;
    private final ExchangeReplyMapper replies;
    private final HttpClient http;
    private final Duration patience;

    /// `patience` is how long the leader may take: a worker gives up on an exchange after a second and asks elsewhere.
    ExchangeRelay(NodePort cluster, ExchangeReplyMapper replies, HttpClient http, Duration patience) {
        this.cluster = cluster;
        this.replies = replies;
        this.http = http;
        this.patience = patience;
    }

    /// The leader's answer to an exchange, or a refusal that says who leads. An exchange may be repeated at will, so a
    /// lost answer is no more than that.
    String ask(Bytes exchange, long sequence, UpgradeFacts upgrade) throws InterruptedException {
        Optional<NodeId> leader = cluster.leadership().leader();
        Optional<URI> address = leader.flatMap(cluster::apiAddress);
        if (address.isEmpty()) {
            return refusal(sequence, "no leader is known here");
        }
        try {
            HttpResponse<byte[]> answer = WholeAnswer.await(
                    http, request(address.get(), exchange, upgrade), patience, WireLimits.MAX_ANSWER_BYTES);
            boolean isExchange = answer.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.startsWith("application/json"))
                    .isPresent();
            return isExchange
                    ? Bytes.wrap(answer.body()).text()
                    : refusal(sequence, "the leader answered " + answer.statusCode());
        } catch (IOException e) {
            return refusal(sequence, "the leader " + leader.get() + " did not answer");
        }
    }

    private HttpRequest.Builder request(URI leader, Bytes exchange, UpgradeFacts upgrade) {
        return HttpRequest.newBuilder(leader.resolve(DispatchEndpoints.WORK))
                .headers(upgrade.credentials().toArray(String[]::new))
                .header("Content-Type", "application/json")
                .header(LeaderGate.HOP_HEADER, cluster.self().value())
                .POST(BodyPublishers.ofByteArray(exchange.array()));
    }

    private String refusal(long sequence, String why) {
        return ExchangeCodec.encode(replies.refusal(sequence, why, RETRY_MILLIS))
                .text();
    }
}
