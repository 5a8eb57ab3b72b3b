package io.muster.api;

import io.javalin.http.Context;
import io.muster.encoding.Bytes;
import io.muster.log.Envelope;
import io.muster.log.Outcome;
import io.muster.log.Reply;
import io.muster.state.StateReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/// Puts a request's command into the log and waits for what became of it.
///
/// Every outcome but success is an answer of its own: not appended here ([NotLeading], the [LeaderGate] goes on),
/// refused for too much load, or *unknown*, which is said plainly and never called a failure.
final class Commands {
    /// Far more than a healthy majority needs; after that the outcome is unknown.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /// W3C Trace Context §3.2: version, trace id, parent id, flags.
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private static final int ENVELOPE_VERSION = 1;

    private static final String CARRIED_OUT = "muster.carriedOut";

    private final ClusterPort cluster;

    Commands(ClusterPort cluster) {
        this.cluster = cluster;
    }

    /// A command that stands in the log at `index` and was answered with `reply`.
    record Carried(long index, Reply reply) {}

    /// Carries a command of `kind` out, under the request's principal, trace and Idempotency-Key.
    Carried carryOut(Context ctx, int kind, Bytes body) throws InterruptedException {
        if (body.size() > Envelope.MAX_BODY_BYTES) {
            throw Refusal.of(
                            ProblemType.TOO_LARGE,
                            "the command has " + body.size() + " bytes, a log entry takes " + Envelope.MAX_BODY_BYTES
                                    + ": split it")
                    .refused();
        }
        var envelope =
                new Envelope(kind, ENVELOPE_VERSION, Caller.of(ctx).principal(), trace(ctx), idempotencyKey(ctx), body);
        Outcome outcome = Waiting.on(cluster.propose(envelope), PATIENCE)
                .orElseThrow(() ->
                        Repetition.unknown(ctx, "no majority confirmed it within " + PATIENCE.toSeconds() + " s"));
        return switch (outcome) {
            case Outcome.Applied(long index, Reply reply) -> {
                ctx.header(ClusterHeaders.INDEX, Long.toString(index));
                ctx.attribute(CARRIED_OUT, true);
                yield new Carried(index, accepted(reply));
            }
            case Outcome.NotLeader _ -> throw new NotLeading();
            case Outcome.Overloaded(int retryMillis) ->
                throw Refusal.of(ProblemType.OVERLOADED, "the log takes no more for the moment; nothing was written")
                        .retryAfter(seconds(retryMillis))
                        .refused();
            case Outcome.Unknown(String reason) -> throw Repetition.unknown(ctx, reason);
        };
    }

    /// Whether a command of this request stands in the log.
    static boolean hasCarriedOut(Context ctx) {
        return ctx.attribute(CARRIED_OUT) != null;
    }

    /// Milliseconds as a `Retry-After`: whole seconds, at least one.
    static int seconds(long millis) {
        return Math.clamp((millis + 999) / 1_000, 1, Integer.MAX_VALUE);
    }

    /// The state machine's own refusals are the same for every route; every other reply belongs to it.
    private static Reply accepted(Reply reply) {
        return switch (reply) {
            case StateReply.Rejected(String reason) ->
                throw Refusal.of(ProblemType.INVALID, reason).refused();
            case StateReply.KeyConflict(String key) -> throw reused(key);
            case StateReply.KeysFull(int limit, long retryAfterMillis) ->
                throw Refusal.of(
                                ProblemType.LIMIT_REACHED,
                                "the ledger is at its limit of " + limit + " idempotency keys of the last ten minutes")
                        .retryAfter(seconds(retryAfterMillis))
                        .refused();
            default -> reply;
        };
    }

    /// A key that stands for another request.
    static RequestRefused reused(String key) {
        return Refusal.of(
                        ProblemType.KEY_REUSED,
                        "the Idempotency-Key '" + key + "' was used for another request within the last 24 hours")
                .refused();
    }

    private static String trace(Context ctx) {
        String header = ctx.header("traceparent");
        return header != null && TRACEPARENT.matcher(header).matches() ? header : "";
    }

    private static String idempotencyKey(Context ctx) {
        String header = ctx.header(Repetition.KEY_HEADER);
        if (header == null) {
            return "";
        }
        // The draft writes the key as a quoted string; most clients send it bare.
        boolean isQuoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
        String key = isQuoted ? header.substring(1, header.length() - 1) : header;
        if (key.isBlank() || key.getBytes(StandardCharsets.UTF_8).length > Envelope.MAX_NAME_BYTES) {
            throw Refusal.of(
                            ProblemType.MALFORMED_REQUEST,
                            "an Idempotency-Key has 1 to " + Envelope.MAX_NAME_BYTES + " bytes")
                    .refused();
        }
        return key;
    }
}
