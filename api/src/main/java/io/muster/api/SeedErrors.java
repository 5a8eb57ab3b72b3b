package io.muster.api;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.muster.client.Json;
import java.util.Map;

/// Refusals in the Raft seed's own shape, `{"error":"…"}`, for the paths that come from it.
final class SeedErrors {
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
                write(ctx, refusal.type().status(), isLeaderless ? "No leader available" : refusal.detail());
            }
        };
    }

    static void write(Context ctx, int status, String error) {
        ctx.status(status)
                .contentType("application/json")
                .result(Json.write(Map.of("error", error)).array());
    }
}
