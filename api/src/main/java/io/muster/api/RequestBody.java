package io.muster.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The body of a request, read within its limit and kept, so that it can be sent on to the leader more than once.
final class RequestBody {
    /// A batch of 1,000 jobs with 8 KiB of payload each, or one payload of 1 MiB in base64 with room to spare.
    static final int MAX_BYTES = 8 << 20;

    private static final String KEPT = "muster.body";

    private RequestBody() {}

    /// The bytes of a JSON body.
    static byte[] json(Context ctx) {
        requireJson(ctx.contentType());
        return bytes(ctx);
    }

    /// The bytes of a body of any kind; a body over the limit is refused before more than the limit is read.
    static byte[] bytes(Context ctx) {
        byte[] kept = ctx.attribute(KEPT);
        if (kept != null) {
            return kept;
        }
        if (ctx.req().getContentLengthLong() > MAX_BYTES) {
            throw tooLarge();
        }
        byte[] body;
        try {
            body = ctx.req().getInputStream().readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw Refusal.of(ProblemType.MALFORMED_REQUEST, "the body ended early: " + e.getMessage())
                    .refused();
        }
        if (body.length > MAX_BYTES) {
            throw tooLarge();
        }
        ctx.attribute(KEPT, body);
        return body;
    }

    private static void requireJson(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        String mediaType = (end < 0 ? type : type.substring(0, end)).strip();
        if (!mediaType.equals("application/json") && !mediaType.endsWith("+json")) {
            throw Refusal.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "the body is '" + mediaType + "', this path takes application/json")
                    .refused();
        }
    }

    private static RequestRefused tooLarge() {
        return Refusal.of(ProblemType.TOO_LARGE, "the body is over the limit of " + MAX_BYTES + " bytes")
                .refused();
    }
}
