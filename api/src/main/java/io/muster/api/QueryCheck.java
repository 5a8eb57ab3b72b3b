package io.muster.api;

import io.javalin.http.Context;
import io.muster.versions.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Refuses what a request asks for in words that its route does not know: a misspelt filter that is passed over answers
/// another question than the one that was asked.
final class QueryCheck {
    /// Asked more than once, it narrows further.
    private static final Set<String> REPEATABLE = Set.of("label");

    private QueryCheck() {}

    /// Refuses the request if it has a query parameter that `route` does not know, or one of them twice.
    static void check(Context ctx, Route route) {
        if (ctx.queryString() == null) {
            return;
        }
        Set<String> known = known(route);
        for (Map.Entry<String, List<String>> parameter : ctx.queryParamMap().entrySet()) {
            String name = parameter.getKey();
            if (!known.contains(name)) {
                throw refused(unknown(name, known));
            }
            if (parameter.getValue().size() > 1 && !REPEATABLE.contains(name)) {
                throw refused("the query parameter '" + name + "' stands there twice");
            }
        }
    }

    /// The query parameters of a route.
    static Set<String> known(Route route) {
        return switch (route) {
            case LIST_JOBS ->
                Set.of("state", "queue", "type", "label", "audit", "olderThan", "cursor", "limit", "consistency");
            case GET_JOB -> Set.of("consistency", "wait");
            case LIST_QUEUES, LIST_WORKERS, LIST_AUDITS, LIST_KEYS -> Set.of("cursor", "limit", "consistency");
            case GET_AUDIT, SHOW_CLUSTER -> Set.of("consistency");
            case EVENTS -> Set.of("view");
            case SUBMIT_JOB,
                    SUBMIT_JOBS,
                    CANCEL_JOB,
                    RETRY_JOB,
                    PURGE_JOB,
                    CANCEL_JOBS,
                    RETRY_JOBS,
                    PURGE_JOBS,
                    EXCHANGE,
                    WORK_CHANNEL,
                    START_AUDIT,
                    CANCEL_AUDIT,
                    SHOW_NODE,
                    CREATE_KEY,
                    REVOKE_KEY,
                    HISTORY_BLOCK,
                    SEED_STATUS,
                    SEED_LOGS,
                    SEED_COMMAND,
                    LIVE,
                    READY,
                    METRICS,
                    OPENAPI,
                    EXPLAIN_PROBLEM,
                    DASHBOARD,
                    DASHBOARD_FILE -> Set.of();
        };
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
