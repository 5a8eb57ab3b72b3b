package io.muster.http;

import io.javalin.http.Context;
import io.muster.encoding.Nearest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Refuses what a request asks for in words that its route does not know: a misspelt filter that is passed over answers
/// another question than the one that was asked.
final class QueryCheck {
    private QueryCheck() {}

    /// Refuses the request if it has a query parameter that `route` does not know, or one of them twice.
    static void check(Context ctx, Route route) {
        if (ctx.queryString() == null) {
            return;
        }
        if (!isEscapedWell(ctx.queryString())) {
            throw refused("the query holds a % that begins no escape such as %20, or escapes that are no UTF-8");
        }
        Guards.QueryParameters parameters = route.guards().query();
        Set<String> known = parameters.names();
        for (Map.Entry<String, List<String>> parameter : ctx.queryParamMap().entrySet()) {
            String name = parameter.getKey();
            if (!known.contains(name)) {
                throw refused(unknown(name, known));
            }
            if (parameter.getValue().size() > 1 && !parameters.repeatable().contains(name)) {
                throw refused("the query parameter '" + name + "' stands there twice");
            }
        }
    }

    /// Whether every `%` is followed by two hexadecimal digits (RFC 3986 §2.1) and what comes out is UTF-8: what is not
    /// would be passed over, and the filter with it.
    private static boolean isEscapedWell(String query) {
        var decoded = new ByteArrayOutputStream(query.length());
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c != '%') {
                decoded.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            } else if (i + 2 < query.length()
                    && HexFormat.isHexDigit(query.charAt(i + 1))
                    && HexFormat.isHexDigit(query.charAt(i + 2))) {
                decoded.write(HexFormat.fromHexDigits(query, i + 1, i + 3));
                i += 2;
            } else {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String unknown(String name, Set<String> known) {
        String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        return "there is no query parameter '" + shown + "' here"
                + (known.isEmpty()
                        ? ": this path has none"
                        : ": did you mean '" + Nearest.to(shown, known) + "'? There are " + new TreeSet<>(known));
    }

    private static RequestRefused refused(String detail) {
        return Refusal.of(ProblemType.MALFORMED_REQUEST, detail).refused();
    }
}
