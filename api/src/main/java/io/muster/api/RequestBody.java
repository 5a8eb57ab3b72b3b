package io.muster.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The body of a request, read within its limit and kept, so that it can be sent on to the leader more than once.
final class RequestBody {
    /// A batch of 1,000 jobs with 8 KiB of payload each, or one payload of 1 MiB in base64 with room to spare.
    static final int MAX_BYTES = 8 << 20;

    /// So much of a refused body is still read and thrown away: a client that is cut off while it sends sees a broken
    /// connection and not the refusal.
    private static final long MAX_DISCARDED = 2L * MAX_BYTES;

    private static final String KEPT = "muster.body";

    private RequestBody() {}

    /// The bytes of a JSON body.
    static byte[] json(Context ctx) {
        requireJson(ctx.contentType());
        return bytes(ctx);
    }

    /// The bytes of a body of any kind; never more than the limit is held in memory.
    static byte[] bytes(Context ctx) {
        byte[] kept = ctx.attribute(KEPT);
        if (kept != null) {
            return kept;
        }
        byte[] body = read(ctx);
        ctx.attribute(KEPT, body);
        return body;
    }

    private static byte[] read(Context ctx) {
        try {
            InputStream in = ctx.req().getInputStream();
            boolean isDeclaredTooLarge = ctx.req().getContentLengthLong() > MAX_BYTES;
            byte[] body = isDeclaredTooLarge ? new byte[0] : in.readNBytes(MAX_BYTES + 1);
            if (isDeclaredTooLarge || body.length > MAX_BYTES) {
                discard(in);
                throw Refusal.of(ProblemType.TOO_LARGE, "the body is over the limit of " + MAX_BYTES + " bytes")
                        .refused();
            }
            return body;
        } catch (IOException e) {
            throw Refusal.of(ProblemType.MALFORMED_REQUEST, "the body ended early: " + e.getMessage())
                    .refused();
        }
    }

    private static void discard(InputStream in) throws IOException {
        byte[] chunk = new byte[64 << 10];
        long discarded = 0;
        for (int read = in.read(chunk); read >= 0 && discarded < MAX_DISCARDED; read = in.read(chunk)) {
            discarded += read;
        }
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
}
