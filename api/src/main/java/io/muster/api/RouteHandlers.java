package io.muster.api;

import io.javalin.http.Handler;

/// Binds every [Route] to the code that answers it.
final class RouteHandlers {
    private final HealthRoutes health;
    private final EventRoutes events;
    private final DashboardRoutes dashboard = new DashboardRoutes();
    private final DocumentRoutes documents = new DocumentRoutes();

    RouteHandlers(ClusterPort cluster, EventRoutes events) {
        this.health = new HealthRoutes(cluster);
        this.events = events;
    }

    /// The code behind `route`. There is no default: a new row of the table without a handler does not compile.
    Handler of(Route route) {
        return switch (route) {
            case EVENTS -> events::stream;
            case LIVE -> health::live;
            case READY -> health::ready;
            case OPENAPI -> documents::openApi;
            case EXPLAIN_PROBLEM -> documents::problem;
            case DASHBOARD -> dashboard::page;
            case DASHBOARD_FILE -> dashboard::file;
            default ->
                ctx -> {
                    throw Refusal.of(ProblemType.NOT_FOUND, "soon").refused();
                };
        };
    }
}
