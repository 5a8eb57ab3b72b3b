package io.muster.http;

import io.javalin.http.Context;
import io.muster.log.NodeId;
import io.muster.wire.TimedStream;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a request on to another node under the caller's own credentials, and its answer back as it comes.
///
/// The body was read first (it has a limit), so that a request can be sent again when it certainly was not taken the
/// first time, or when it says itself that repeating it is safe.
final class Forwarder {
    /// A leader answers within its own wait for a majority; one that is silent for longer will not
    /// answer.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// How often a wait for an answer looks whether the asked node still leads: short against an election.
    private static final long LOOK_MILLIS = 50;

    private static final List<String> REQUEST_HEADERS = List.of(
            "Authorization", "X-API-Key", "Content-Type", "Accept", Repetition.KEY_HEADER, "traceparent", "tracestate");

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
    private final Duration patience;

    Forwarder(NodeId self, HttpClient http) {
        this(self, http, PATIENCE);
    }

    /// With another patience, for the head of an answer and for each part of its body.
    Forwarder(NodeId self, HttpClient http, Duration patience) {
        this.self = self;
        this.http = http;
        this.patience = patience;
    }

    /// What became of a request, as far as is known.
    enum Result {
        /// It was answered.
        ANSWERED,
        /// Nothing was done: the other node could not be reached, or does not lead.
        NOT_TAKEN,
        /// The other node may have done it, and its answer was lost. Only said where another try does no harm.
        MAYBE_TAKEN
    }

    /// Tries once; `before` is what became of the tries before. A request is given up as soon as
    /// `isAnotherLeading`: a leader that froze keeps its connections open and answers nobody. A request that may
    /// have been taken, and whose answer was lost, is refused as of unknown outcome, unless repeating it is safe.
    /// It is given no key of this node's making, with which it could be repeated: that would fill the table of
    /// keys for callers who ask for none.
    Result forward(Context ctx, URI node, Result before, BooleanSupplier isAnotherLeading) throws InterruptedException {
        HttpResponse<InputStream> answer;
        try {
            answer = sendUnless(isAnotherLeading, request(ctx, node));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return Result.NOT_TAKEN;
        } catch (IOException e) {
            if (Repetition.isSafe(ctx)) {
                return Result.MAYBE_TAKEN;
            }
            throw Repetition.unknown(
                    ctx, "the request was sent on to the leader at " + node.getAuthority() + ", whose answer was lost");
        }
        if (answer.headers().firstValue(LeaderGate.NOT_LEADING_HEADER).isPresent()) {
            discard(answer);
            return Result.NOT_TAKEN;
        }
        if (before == Result.MAYBE_TAKEN && saysNothingWasDone(answer)) {
            discard(answer);
            throw Repetition.unknown(
                    ctx, "a first answer was lost, and the leader at " + node.getAuthority() + " refused a second try");
        }
        ctx.status(answer.statusCode());
        for (String name : ANSWER_HEADERS) {
            answer.headers().firstValue(name).ifPresent(value -> ctx.header(name, value));
        }
        ctx.header(ClusterHeaders.LEADER_ADDRESS, node.toString());
        ctx.result(new TimedStream(answer.body(), patience));
        return Result.ANSWERED;
    }

    private HttpResponse<InputStream> sendUnless(BooleanSupplier isAnotherLeading, HttpRequest request)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> answer = http.sendAsync(request, BodyHandlers.ofInputStream());
        try {
            while (true) {
                try {
                    return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (isAnotherLeading.getAsBoolean()) {
                        throw new IOException("another node leads, and the one asked has not answered", e);
                    }
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a request to another node broke", e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(Context ctx, URI node) {
        // Put together and not resolved: a path that begins with two slashes would name another host.
        String target = ctx.req().getRequestURI() + (ctx.queryString() == null ? "" : "?" + ctx.queryString());
        var request = HttpRequest.newBuilder(
                        URI.create(node.getScheme() + "://" + node.getAuthority() + RequestTarget.escaped(target)))
                .timeout(patience)
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

    /// An exchange's own answers have no problem document, and speak of that one exchange only.
    private static boolean saysNothingWasDone(HttpResponse<?> answer) {
        boolean isRefusal = answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith(Refusal.MEDIA_TYPE))
                .isPresent();
        return isRefusal && Repetition.saysNothingWasDone(answer.statusCode());
    }

    /// Reads the rest of an answer nobody wants, so that its connection can be used again.
    private void discard(HttpResponse<InputStream> answer) {
        try (InputStream body = new TimedStream(answer.body(), patience)) {
            body.readNBytes(Refusal.MAX_BYTES);
        } catch (IOException e) {
            log.debug("connection of a refused forward was lost cause=\"{}\"", e.toString());
        }
    }
}
