package io.muster.api;

import static io.muster.api.Route.AnsweredBy.ANY_NODE;
import static io.muster.api.Route.AnsweredBy.LEADER;

import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The one table of everything this API answers: method, path, who may ask, and which node answers.
///
/// The server binds a handler to each of these in a switch without `default`, so that a row without a handler does not
/// compile; `openapi.json` is tested against this table in both directions.
enum Route {
    SUBMIT_JOB(Method.POST, "/v1/jobs", Access.OPERATE, LEADER),
    SUBMIT_JOBS(Method.POST, "/v1/jobs:batch", Access.OPERATE, LEADER),
    LIST_JOBS(Method.GET, "/v1/jobs", Access.READ, ANY_NODE),
    GET_JOB(Method.GET, "/v1/jobs/{id}", Access.READ, ANY_NODE),
    CANCEL_JOB(Method.POST, "/v1/jobs/{id}:cancel", Access.OPERATE, LEADER),
    RETRY_JOB(Method.POST, "/v1/jobs/{id}:retry", Access.OPERATE, LEADER),
    PURGE_JOB(Method.POST, "/v1/jobs/{id}:purge", Access.OPERATE, LEADER),
    CANCEL_JOBS(Method.POST, "/v1/jobs:cancel", Access.OPERATE, LEADER),
    RETRY_JOBS(Method.POST, "/v1/jobs:retry", Access.OPERATE, LEADER),
    PURGE_JOBS(Method.POST, "/v1/jobs:purge", Access.OPERATE, LEADER),
    LIST_QUEUES(Method.GET, "/v1/queues", Access.READ, ANY_NODE),
    LIST_WORKERS(Method.GET, "/v1/workers", Access.READ, ANY_NODE),
    EXCHANGE(Method.POST, "/v1/work", Access.WORK, LEADER),
    /// Opens on any node, which passes exchanges on.
    WORK_CHANNEL(Method.WEBSOCKET, "/v1/work", Access.WORK, ANY_NODE),
    START_AUDIT(Method.POST, "/v1/audits", Access.OPERATE, LEADER),
    LIST_AUDITS(Method.GET, "/v1/audits", Access.READ, ANY_NODE),
    GET_AUDIT(Method.GET, "/v1/audits/{id}", Access.READ, ANY_NODE),
    CANCEL_AUDIT(Method.POST, "/v1/audits/{id}:cancel", Access.OPERATE, LEADER),
    SHOW_CLUSTER(Method.GET, "/v1/cluster", Access.READ, ANY_NODE),
    SHOW_NODE(Method.GET, "/v1/node", Access.READ, ANY_NODE),
    EVENTS(Method.GET, "/v1/events", Access.READ, ANY_NODE),
    LIST_KEYS(Method.GET, "/v1/keys", Access.ADMINISTER, ANY_NODE),
    CREATE_KEY(Method.POST, "/v1/keys", Access.ADMINISTER, LEADER),
    REVOKE_KEY(Method.DELETE, "/v1/keys/{id}", Access.ADMINISTER, LEADER),
    HISTORY_BLOCK(Method.GET, "/v1/history/blocks/{number}", Access.READ_AS_NODE, ANY_NODE),
    SEED_STATUS(Method.GET, "/api/status", Access.READ, ANY_NODE),
    SEED_LOGS(Method.GET, "/api/logs", Access.READ, ANY_NODE),
    SEED_COMMAND(Method.POST, "/api/command", Access.OPERATE, LEADER),
    LIVE(Method.GET, "/livez", Access.OPEN, ANY_NODE),
    READY(Method.GET, "/readyz", Access.OPEN, ANY_NODE),
    METRICS(Method.GET, "/metrics", Access.READ, ANY_NODE),
    OPENAPI(Method.GET, "/openapi.json", Access.OPEN, ANY_NODE),
    EXPLAIN_PROBLEM(Method.GET, "/problems/{slug}", Access.OPEN, ANY_NODE),
    DASHBOARD(Method.GET, "/", Access.OPEN, ANY_NODE),
    DASHBOARD_FILE(Method.GET, "/dashboard/{file}", Access.OPEN, ANY_NODE);

    private static final String ATTRIBUTE = "muster.route";

    private static final Set<Route> BRINGING_MORE = EnumSet.of(SUBMIT_JOB, SUBMIT_JOBS, START_AUDIT, SEED_COMMAND);

    private final Method method;
    private final String path;
    private final Access access;
    private final AnsweredBy answeredBy;

    Route(Method method, String path, Access access, AnsweredBy answeredBy) {
        this.method = method;
        this.path = path;
        this.access = access;
        this.answeredBy = answeredBy;
    }

    /// Notes that a request is answered as one on this route; done once, before anything else.
    void note(Context ctx) {
        ctx.attribute(ATTRIBUTE, this);
    }

    /// The route of this request, none where no route answers it.
    static Optional<Route> find(Context ctx) {
        return Optional.ofNullable(ctx.attribute(ATTRIBUTE));
    }

    /// The route of this request.
    static Route of(Context ctx) {
        return Objects.requireNonNull(ctx.<Route>attribute(ATTRIBUTE), "every route notes itself first");
    }

    Method method() {
        return method;
    }

    /// The path as Javalin and OpenAPI both write it, with `{name}` for a parameter.
    String path() {
        return path;
    }

    Access access() {
        return access;
    }

    AnsweredBy answeredBy() {
        return answeredBy;
    }

    /// Whether it brings work or data that was not there before: what a leader refuses first when its disk fills up.
    boolean bringsMore() {
        return BRINGING_MORE.contains(this);
    }

    /// How a route is asked.
    enum Method {
        GET,
        POST,
        DELETE,
        /// A GET that upgrades the connection.
        WEBSOCKET
    }

    /// Whose state an answer needs.
    enum AnsweredBy {
        /// Every node knows enough.
        ANY_NODE,
        /// It goes into the log: the others forward it.
        LEADER
    }
}
