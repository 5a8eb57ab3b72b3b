package io.muster.http;

import io.javalin.http.Context;
import io.muster.encoding.Nearest;
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
        if (!RequestTarget.isEscapedWell(ctx.queryString())) {
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
