package io.muster.api;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.muster.wire.Json;
import java.util.Map;

/// Refusals in the Raft seed's own shape, `{"error":"…"}`, for the paths that come from it.
final class SeedErrors {
    private static final int GATEWAY_TIMEOUT = 504;

    private SeedErrors() {}

    /// The same handler, whose refusals a client of the seed understands.
    static Handler spokenBy(Handler handler) {
        return ctx -> {
            try {
                handler.handle(ctx);
            } catch (RequestRefused refused) {
                Refusal refusal = refused.refusal();
                if (refusal.retryAfterSeconds() > 0) {
                    ctx.header("Retry-After", Integer.toString(refusal.retryAfterSeconds()));
                }
                boolean isLeaderless = refusal.type() == ProblemType.NO_LEADER;
                write(ctx, status(refusal.type()), isLeaderless ? "No leader available" : refusal.detail());
            }
        };
    }

    /// The seed's shape has no room for a type, and its 503 means that nothing was done: an unknown outcome, which the
    /// seed did not know, needs a status of its own.
    private static int status(ProblemType type) {
        return type == ProblemType.UNKNOWN_OUTCOME ? GATEWAY_TIMEOUT : type.status();
    }

    static void write(Context ctx, int status, String error) {
        ctx.status(status)
                .contentType("application/json")
                .result(Json.write(Map.of("error", error)).array());
    }
}
