package io.muster.compat;

import io.javalin.http.Context;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.wire.Json;
import java.util.Map;

/// Refusals in the shape of the Raft document, `{"error":"…"}`, for the paths that come from it.
final class CompatErrors {
    private static final int GATEWAY_TIMEOUT = 504;

    private CompatErrors() {}

    /// Writes a refusal so that a client of the document understands it.
    static void write(Context ctx, Refusal refusal) {
        if (refusal.retryAfterSeconds() > 0) {
            ctx.header("Retry-After", Integer.toString(refusal.retryAfterSeconds()));
        }
        boolean isLeaderless = refusal.type() == ProblemType.NO_LEADER;
        write(ctx, status(refusal.type()), isLeaderless ? "No leader available" : refusal.detail());
    }

    /// The document's shape has no room for a type, and its 503 means that nothing was done: an unknown outcome, which
    /// the document did not know, needs a status of its own.
    private static int status(ProblemType type) {
        return type == ProblemType.UNKNOWN_OUTCOME ? GATEWAY_TIMEOUT : type.status();
    }

    static void write(Context ctx, int status, String error) {
        ctx.status(status)
                .contentType("application/json")
                .result(Json.write(Map.of("error", error)).array());
    }
}
