package io.muster.http;

import io.javalin.http.Context;
import io.muster.encoding.InvariantViolation;
import io.muster.log.Asker;
import io.muster.log.Envelope;
import io.muster.log.LogCommand;
import io.muster.log.Outcome;
import io.muster.log.OversizedCommandException;
import io.muster.log.Reply;
import io.muster.state.StateReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/// Puts a request's command into the log and waits for what became of it.
///
/// Every outcome but success is an answer of its own: not appended here ([NotLeading], the [LeaderGate] goes on),
/// refused for too much load, or *unknown*, which is said plainly and never called a failure.
public final class Commands {
    /// Far more than a healthy majority needs; after that the outcome is unknown.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /// W3C Trace Context §3.2: version, trace id, parent id, flags.
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private static final String CARRIED_OUT = "muster.carriedOut";

    private final NodePort cluster;

    public Commands(NodePort cluster) {
        this.cluster = cluster;
    }

    /// A command that stands in the log at `index` and was answered with `reply`.
    public record Carried<R extends Reply>(long index, R reply) {}

    /// Carries `command` out, under the request's principal, trace and Idempotency-Key.
    ///
    /// @param replies what the ledger may answer this command with; the state machine's own answers are dealt
    ///     with here
    public <R extends Reply> Carried<R> carryOut(Context ctx, LogCommand command, Class<R> replies)
            throws InterruptedException {
        return carryOut(ctx, Caller.of(ctx).principal(), command, replies);
    }

    /// The same for a request without a key, whose handler knows otherwise who sent it.
    public <R extends Reply> Carried<R> carryOut(Context ctx, String principal, LogCommand command, Class<R> replies)
            throws InterruptedException {
        Outcome outcome = Waiting.on(cluster.propose(envelope(ctx, principal, command)), PATIENCE)
                .orElseThrow(() ->
                        Repetition.unknown(ctx, "no majority confirmed it within " + PATIENCE.toSeconds() + " s"));
        return switch (outcome) {
            case Outcome.Applied(long index, Reply reply) -> {
                ctx.header(ClusterHeaders.INDEX, Long.toString(index));
                ctx.attribute(CARRIED_OUT, true);
                yield new Carried<>(index, accepted(command, reply, replies));
            }
            case Outcome.NotLeader _ -> throw new NotLeading();
            case Outcome.Overloaded(int retryMillis) ->
                throw Refusal.of(ProblemType.OVERLOADED, "the log takes no more for the moment; nothing was written")
                        .retryAfter(seconds(retryMillis))
                        .refused();
            case Outcome.Unknown(String reason) -> throw Repetition.unknown(ctx, reason);
        };
    }

    private static Envelope envelope(Context ctx, String principal, LogCommand command) {
        var asker = new Asker(principal, trace(ctx), idempotencyKey(ctx));
        try {
            return Envelope.of(command, asker);
        } catch (OversizedCommandException e) {
            throw Refusal.of(
                            ProblemType.TOO_LARGE,
                            "the command has " + e.bytes() + " bytes, a log entry takes " + Envelope.MAX_BODY_BYTES
                                    + ": split it")
                    .refused();
        }
    }

    /// Whether a command of this request stands in the log.
    static boolean hasCarriedOut(Context ctx) {
        return ctx.attribute(CARRIED_OUT) != null;
    }

    /// Milliseconds as a `Retry-After`: whole seconds, at least one.
    public static int seconds(long millis) {
        return Math.clamp((millis + 999) / 1_000, 1, Integer.MAX_VALUE);
    }

    /// The state machine's own refusals are the same for every route; every other reply belongs to
    /// the ledger.
    private static <R extends Reply> R accepted(LogCommand command, Reply reply, Class<R> replies) {
        if (reply instanceof StateReply refusal) {
            throw refused(refusal);
        }
        if (!replies.isInstance(reply)) {
            throw new InvariantViolation(command.kind().name() + " was answered with " + reply);
        }
        return replies.cast(reply);
    }

    private static RuntimeException refused(StateReply reply) {
        return switch (reply) {
            case StateReply.Rejected(String reason) ->
                Refusal.of(ProblemType.INVALID, reason).refused();
            case StateReply.KeyConflict(String key) -> reused(key);
            case StateReply.KeysFull(int limit, long retryAfterMillis) ->
                Refusal.of(
                                ProblemType.LIMIT_REACHED,
                                "the ledger is at its limit of " + limit + " idempotency keys of the last ten minutes")
                        .retryAfter(seconds(retryAfterMillis))
                        .refused();
            case StateReply.Done() -> new InvariantViolation("no request is for the state machine itself");
        };
    }

    /// A key that stands for another request.
    public static RequestRefused reused(String key) {
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
