package io.muster.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Refuses a request whose head can be read in two ways, or asks for what this server does not do. One node would read
/// it in one way, and the leader to which it is forwarded in the other.
final class HeadCheck {
    /// Headers of which one alone can be meant: of two it is not known which.
    private static final List<String> SINGLE =
            List.of("Authorization", "X-API-Key", "Content-Type", Repetition.KEY_HEADER);

    private static final Set<String> PLAIN = Set.of("", "identity");

    private HeadCheck() {}

    /// Refuses such a request.
    static void check(Context ctx) {
        if (!RequestTarget.isEscapedWell(ctx.path())) {
            throw malformed("the path holds a % that begins no escape such as %20, or escapes that are no UTF-8");
        }
        for (String name : SINGLE) {
            if (isRepeated(ctx, name)) {
                throw malformed("the header " + name + " stands there twice");
            }
        }
        checkKey(ctx);
        String encoding = word(ctx, "Content-Encoding");
        if (!PLAIN.contains(encoding)) {
            throw Refusal.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "the body is encoded as '" + Excerpt.of(encoding)
                                    + "': this server takes bodies as they are")
                    .refused();
        }
        String transfer = word(ctx, "Transfer-Encoding");
        if (!transfer.isEmpty() && !transfer.equals("chunked")) {
            throw malformed("the Transfer-Encoding '" + Excerpt.of(transfer)
                    + "' is not known here: a body comes chunked or with a Content-Length");
        }
    }

    /// Header fields are ASCII (RFC 9110 §5.5): anything else is read as Latin-1 here, as UTF-8 there, and sent on as a
    /// question mark, so that two keys become one.
    private static void checkKey(Context ctx) {
        String key = ctx.header(Repetition.KEY_HEADER);
        if (key != null && !StandardCharsets.US_ASCII.newEncoder().canEncode(key)) {
            throw malformed("an " + Repetition.KEY_HEADER + " consists of ASCII characters");
        }
    }

    private static boolean isRepeated(Context ctx, String name) {
        Enumeration<String> values = ctx.req().getHeaders(name);
        if (!values.hasMoreElements()) {
            return false;
        }
        values.nextElement();
        return values.hasMoreElements();
    }

    private static String word(Context ctx, String name) {
        String value = ctx.header(name);
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }

    private static RequestRefused malformed(String detail) {
        return Refusal.of(ProblemType.MALFORMED_REQUEST, detail).refused();
    }
}
