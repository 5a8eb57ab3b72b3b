package io.muster.http;

import io.javalin.http.Context;
import java.util.Set;

/// Whether a request may be made again while nobody knows what became of it the first time.
///
/// It may where the second is known for the first again: an exchange tells the whole truth each time, and every other
/// write that carries an Idempotency-Key is answered as it was at first. Without a key another audit would start, and a
/// value that somebody else has set meanwhile would be overwritten.
public enum Repetition {
    /// It changes nothing, or tells the whole truth each time.
    HARMLESS,

    /// The ledger knows it again by its Idempotency-Key, and answers as it did at first.
    WITH_KEY;

    static final String KEY_HEADER = "Idempotency-Key";

    /// The statuses of refusals that a client takes for a promise that nothing was done: too much at once, no leader,
    /// no room.
    private static final Set<Integer> NOTHING_DONE = Set.of(429, 503, 507);

    /// Whether clients take a refusal of that status to mean that nothing was done. After a repetition this may be
    /// true of the second try alone: the refusal says nothing of the first.
    static boolean saysNothingWasDone(int status) {
        return NOTHING_DONE.contains(status);
    }

    /// Whether making this request again does no more than making it once.
    static boolean isSafe(Context ctx) {
        return switch (of(ctx)) {
            case HARMLESS -> true;
            case WITH_KEY -> ctx.header(KEY_HEADER) != null;
        };
    }

    private static Repetition of(Context ctx) {
        return Route.of(ctx).guards().repetition();
    }

    /// What a caller that does not know the outcome of this request can do about it.
    static String advice(Context ctx) {
        if (!isSafe(ctx)) {
            return "look before you repeat it";
        }
        return of(ctx) == WITH_KEY ? "repeating it with the same " + KEY_HEADER + " is safe" : "repeating it is safe";
    }

    /// A refusal because of an unknown outcome; `how` says how it came to be unknown.
    public static RequestRefused unknown(Context ctx, String how) {
        return Refusal.of(ProblemType.UNKNOWN_OUTCOME, "it may or may not have happened: " + how + "; " + advice(ctx))
                .retryAfter(1)
                .refused();
    }
}
