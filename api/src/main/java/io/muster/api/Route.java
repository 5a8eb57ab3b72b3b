package io.muster.api;

import static io.muster.api.Route.AnsweredBy.ANY_NODE;

/// The one table of everything this API answers: method, path, who may ask, and which node answers.
///
/// The server binds a handler to each of these in a switch without `default`, so that a row without a handler does not
/// compile; `openapi.json` is tested against this table in both directions.
enum Route {
    EVENTS(Method.GET, "/v1/events", Access.READ, ANY_NODE),
    LIVE(Method.GET, "/livez", Access.OPEN, ANY_NODE),
    READY(Method.GET, "/readyz", Access.OPEN, ANY_NODE),
    OPENAPI(Method.GET, "/openapi.json", Access.OPEN, ANY_NODE),
    EXPLAIN_PROBLEM(Method.GET, "/problems/{slug}", Access.OPEN, ANY_NODE),
    DASHBOARD(Method.GET, "/", Access.OPEN, ANY_NODE),
    DASHBOARD_FILE(Method.GET, "/dashboard/{file}", Access.OPEN, ANY_NODE);

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
