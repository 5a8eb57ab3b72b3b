package io.muster.api;

import io.javalin.http.Context;
import io.muster.cluster.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a request on to another node under the caller's own credentials, and its answer back as it comes.
///
/// The body was read first (it has a limit), so that a request can be sent again when it certainly was not taken the
/// first time, or when it says itself that repeating it is safe.
final class Forwarder {
    /// A leader answers within its own wait for a majority; whoever is silent for longer will not answer.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final List<String> REQUEST_HEADERS = List.of(
            "Authorization", "X-API-Key", "Content-Type", "Accept", "Idempotency-Key", "traceparent", "tracestate");

    private static final List<String> ANSWER_HEADERS = List.of(
            "Content-Type",
            "Location",
            "Link",
            "Retry-After",
            "WWW-Authenticate",
            ClusterHeaders.NODE,
            ClusterHeaders.TERM,
            ClusterHeaders.INDEX);

    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);

    private final NodeId self;
    private final HttpClient http;

    Forwarder(NodeId self, HttpClient http) {
        this.self = self;
        this.http = http;
    }

    /// What became of the attempt.
    enum Result {
        /// The other node answered, and its answer is this one's.
        ANSWERED,
        /// The other node did nothing: it could not be reached, or does not lead.
        NOT_TAKEN
    }

    /// Tries once. A request that may have been taken, and whose answer was lost, is refused as of unknown outcome,
    /// unless repeating it is safe.
    Result forward(Context ctx, URI node) throws InterruptedException {
        HttpResponse<InputStream> answer;
        try {
            answer = http.send(request(ctx, node), BodyHandlers.ofInputStream());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return Result.NOT_TAKEN;
        } catch (IOException e) {
            if (isSafeToRepeat(ctx)) {
                return Result.NOT_TAKEN;
            }
            throw Refusal.of(
                            ProblemType.UNKNOWN_OUTCOME,
                            "the request was sent on to the leader at " + node.getAuthority()
                                    + ", whose answer was lost (" + e.getClass().getSimpleName()
                                    + "); it may or may not have happened")
                    .retryAfter(1)
                    .refused();
        }
        if (answer.headers().firstValue(LeaderGate.NOT_LEADING_HEADER).isPresent()) {
            discard(answer);
            return Result.NOT_TAKEN;
        }
        ctx.status(answer.statusCode());
        for (String name : ANSWER_HEADERS) {
            answer.headers().firstValue(name).ifPresent(value -> ctx.header(name, value));
        }
        ctx.header(ClusterHeaders.LEADER_ADDRESS, node.toString());
        ctx.result(answer.body());
        return Result.ANSWERED;
    }

    private HttpRequest request(Context ctx, URI node) {
        String query = ctx.queryString() == null ? "" : "?" + ctx.queryString();
        var request = HttpRequest.newBuilder(node.resolve(ctx.req().getRequestURI() + query))
                .timeout(PATIENCE)
                .header(LeaderGate.HOP_HEADER, self.value())
                .method(ctx.method().name(), BodyPublishers.ofByteArray(RequestBody.bytes(ctx)));
        for (String name : REQUEST_HEADERS) {
            String value = ctx.header(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return request.build();
    }

    /// An exchange tells the whole truth each time, and a key makes the ledger answer as it did the first time.
    private static boolean isSafeToRepeat(Context ctx) {
        return ctx.header("Idempotency-Key") != null || ctx.path().equals(Route.EXCHANGE.path());
    }

    /// Reads the rest of an answer nobody wants, so that its connection can be used again.
    private static void discard(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            body.readNBytes(Refusal.MAX_BYTES);
        } catch (IOException e) {
            log.debug("connection of a refused forward was lost cause={}", e.toString());
        }
    }
}
