package io.muster.http;

import io.javalin.http.Context;
import io.muster.encoding.Bytes;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import tools.jackson.core.JacksonException;

/// Requests and answers as the records of `/v1`.
public final class Answers {
    private Answers() {}

    /// Answers with `value` as JSON.
    public static void json(Context ctx, int status, Object value) {
        bytes(ctx, status, Json.write(value).array());
    }

    /// Answers with JSON that is written already. Until it is read it counts as memory of the key that asked.
    public static void bytes(Context ctx, int status, byte[] json) {
        reserve(ctx, json.length);
        ctx.status(status).contentType("application/json").result(json);
    }

    /// Takes memory for an answer, or refuses it: with the promise that nothing was written only where nothing was.
    public static void reserve(Context ctx, long bytes) {
        if (Underway.of(ctx).reservation().grow(bytes)) {
            return;
        }
        if (Commands.hasCarriedOut(ctx)) {
            throw Repetition.unknown(
                    ctx, "the log has taken it, and this node holds as many bytes of answers as it takes at once");
        }
        throw Admission.full("this node holds as many bytes of requests and answers as it takes at once");
    }

    /// The request's body as a record; a field that the record does not have is refused, being most likely misspelt.
    public static <T> T body(Context ctx, Class<T> type) {
        try {
            return Json.readStrictly(Bytes.wrap(RequestBody.json(ctx)), type);
        } catch (MalformedJsonException e) {
            throw unreadable(e).refused();
        }
    }

    /// Where and why the body is not what was asked for.
    public static Refusal unreadable(MalformedJsonException e) {
        String place = "";
        if (e.getCause() instanceof JacksonException cause
                && cause.getLocation() != null
                && cause.getLocation().getLineNr() > 0) {
            var location = cause.getLocation();
            place = "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
        }
        return Refusal.at(ProblemType.MALFORMED_REQUEST, e.pointer(), place + e.getMessage());
    }
}
