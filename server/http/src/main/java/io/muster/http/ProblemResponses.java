package io.muster.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.muster.wire.Json;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever ends a request early into a problem document (RFC 9457): refusals as they are, the server's own 404
/// and 405, and everything else as our mistake, under a number that also stands in the log.
final class ProblemResponses {
    private static final Logger log = LoggerFactory.getLogger(ProblemResponses.class);

    private ProblemResponses() {}

    static void install(RoutesConfig routes) {
        routes.exception(RequestRefused.class, (refused, ctx) -> write(ctx, refused.refusal()));
        routes.exception(HttpResponseException.class, (e, ctx) -> write(ctx, ofServer(e, ctx)));
        routes.exception(IOException.class, (e, ctx) -> write(ctx, ofLostConnection(e)));
        routes.exception(Exception.class, ProblemResponses::writeBroken);
    }

    static void write(Context ctx, Refusal refusal) {
        write(ctx, refusal, Excerpt.of(RequestTarget.escaped(ctx.path())));
    }

    /// The same handler, for an upgrade: of a refused one the server sends the status and leaves the document out.
    static Handler written(Handler handler) {
        return ctx -> {
            try {
                handler.handle(ctx);
            } catch (RequestRefused refused) {
                write(ctx, refused.refusal());
                ctx.outputStream()
                        .write(Objects.requireNonNull(ctx.resultInputStream()).readAllBytes());
                throw refused;
            }
        };
    }

    /// A client that is gone reads no answer; this one is written for the access log only.
    private static Refusal ofLostConnection(IOException e) {
        return Refusal.of(ProblemType.MALFORMED_REQUEST, "the connection was lost: " + e.getMessage());
    }

    private static Refusal ofServer(HttpResponseException e, Context ctx) {
        String asked = Excerpt.of(ctx.method() + " " + ctx.path());
        return switch (e.getStatus()) {
            case 404 -> Refusal.of(ProblemType.NOT_FOUND, "no route answers " + asked);
            case 405 -> {
                ctx.header("Allow", e.getDetails().getOrDefault("availableMethods", ""));
                yield Refusal.of(ProblemType.METHOD_NOT_ALLOWED, "no route answers " + asked);
            }
            case 413 -> Refusal.of(ProblemType.TOO_LARGE, asked + " has too large a body");
            default -> Refusal.of(ProblemType.MALFORMED_REQUEST, Objects.requireNonNullElse(e.getMessage(), asked));
        };
    }

    private static void writeBroken(Exception e, Context ctx) {
        String number = "urn:uuid:" + UUID.randomUUID();
        log.error("request failed method={} path={} instance={}", ctx.method(), ctx.path(), number, e);
        write(ctx, Refusal.of(ProblemType.BROKEN, "the node failed to answer; its log knows more"), number);
    }

    private static void write(Context ctx, Refusal refusal, String instance) {
        if (refusal.retryAfterSeconds() > 0) {
            ctx.header("Retry-After", Integer.toString(refusal.retryAfterSeconds()));
        }
        if (refusal.type().status() == 401) {
            ctx.header("WWW-Authenticate", "Bearer");
        }
        ctx.status(refusal.type().status())
                .contentType(Refusal.MEDIA_TYPE)
                .result(Json.write(refusal.document(instance)).array());
    }
}
