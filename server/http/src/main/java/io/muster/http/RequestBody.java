package io.muster.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The body of a request, read within its limit and kept, so that it can be sent on to the leader more than once.
public final class RequestBody {
    /// A batch of 1,000 jobs with 8 KiB of payload each, or one payload of 1 MiB in base64 with room to spare.
    public static final int MAX_BYTES = 8 << 20;

    /// A refused body of up to this size is still read and thrown away.
    private static final long MAX_DISCARDED = 2L * MAX_BYTES;

    private static final long DISCARD_NANOS = 3_000_000_000L;

    /// What is taken before the first byte has come: most requests are smaller.
    private static final int FIRST_BYTES = 8 << 10;

    private static final Logger log = LoggerFactory.getLogger(RequestBody.class);

    private static final String KEPT = "muster.body";

    private RequestBody() {}

    /// The bytes of a JSON body.
    public static byte[] json(Context ctx) {
        // Not asked of the server, which throws on a charset that it cannot name.
        requireJson(ctx.header("Content-Type"));
        return bytes(ctx);
    }

    /// The bytes of a body of any kind; never more than the limit is held in memory.
    public static byte[] bytes(Context ctx) {
        byte[] kept = ctx.attribute(KEPT);
        if (kept != null) {
            return kept;
        }
        byte[] body = read(ctx);
        ctx.attribute(KEPT, body);
        return body;
    }

    private static byte[] read(Context ctx) {
        long declared = ctx.req().getContentLengthLong();
        if (declared > MAX_BYTES) {
            throw tooLarge(ctx, declared);
        }
        var underway = Underway.of(ctx);
        underway.awaitBody();
        try {
            byte[] body = read(ctx, underway, declared);
            underway.awaitAnswer();
            return body;
        } catch (IOException e) {
            hangUp(ctx);
            throw Refusal.of(ProblemType.MALFORMED_REQUEST, "the body ended early")
                    .refused();
        }
    }

    /// Memory is taken as bytes arrive: what a client announces costs it nothing.
    private static byte[] read(Context ctx, Underway underway, long declared) throws IOException {
        Admission.Reservation reservation = underway.reservation();
        InputStream in = ctx.req().getInputStream();
        int most = declared < 0 ? MAX_BYTES + 1 : (int) declared;
        var body = new byte[Math.min(most, FIRST_BYTES)];
        reserve(ctx, reservation, body.length);
        long start = System.nanoTime();
        int size = 0;
        while (size < most) {
            if (size == body.length) {
                int next = Math.min(most, 2 * size);
                reserve(ctx, reservation, next - size);
                body = Arrays.copyOf(body, next);
            }
            int read = in.read(body, size, body.length - size);
            if (read < 0) {
                break;
            }
            size += read;
            requirePace(ctx, underway.limits(), size, (System.nanoTime() - start) / 1_000_000);
        }
        if (size > MAX_BYTES) {
            throw tooLarge(ctx, declared);
        }
        return size == body.length ? body : Arrays.copyOf(body, size);
    }

    private static void reserve(Context ctx, Admission.Reservation reservation, int more) {
        if (!reservation.grow(more)) {
            hangUp(ctx);
            throw Admission.full("this node holds as many bytes of requests as it takes at once");
        }
    }

    private static void requirePace(Context ctx, TransportLimits limits, int size, long millis) {
        if (limits.pace().isMissed(size, millis) || millis > limits.body().toMillis()) {
            hangUp(ctx);
            throw Refusal.of(
                            ProblemType.TOO_SLOW,
                            size + " bytes of the body came in " + millis + " ms: a body takes "
                                    + limits.pace().bytesPerSecond() + " bytes a second at least and "
                                    + limits.body().toSeconds() + " s at most; nothing was written")
                    .refused();
        }
    }

    /// A client that is cut off while it sends sees a broken connection and not the refusal, so a little too much is
    /// read and thrown away; nobody waits for a body that has no end.
    private static RequestRefused tooLarge(Context ctx, long declared) {
        hangUp(ctx);
        if (declared >= 0 && declared <= MAX_DISCARDED) {
            discard(ctx);
        }
        return Refusal.of(ProblemType.TOO_LARGE, "the body is over the limit of " + MAX_BYTES + " bytes")
                .refused();
    }

    private static void discard(Context ctx) {
        byte[] chunk = new byte[FIRST_BYTES];
        long start = System.nanoTime();
        try {
            InputStream in = ctx.req().getInputStream();
            while (in.read(chunk) >= 0 && System.nanoTime() - start < DISCARD_NANOS) {
                // Thrown away.
            }
        } catch (IOException e) {
            log.debug("the sender of a body that is too large has gone cause=\"{}\"", e.toString());
        }
    }

    /// What is left of the body is not read: the connection is of no further use.
    private static void hangUp(Context ctx) {
        ctx.header("Connection", "close");
    }

    private static void requireJson(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        String mediaType = (end < 0 ? type : type.substring(0, end)).strip();
        if (!mediaType.equals("application/json") && !mediaType.endsWith("+json")) {
            throw Refusal.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "the body is '" + Excerpt.of(mediaType) + "', this path takes application/json")
                    .refused();
        }
    }
}
