package io.muster.api;

import io.muster.http.Access;
import io.muster.http.Route;
import java.util.List;

/// The one table of what a node answers, for tests of what holds for every row.
final class Routes {
    private static final List<Route> ALL = read();

    private Routes() {}

    /// Every row of every module.
    static List<Route> all() {
        return ALL;
    }

    /// The row of that method and path, such as `POST /v1/jobs`.
    static Route of(String text) {
        return ALL.stream()
                .filter(route -> route.toString().equals(text))
                .findFirst()
                .orElseThrow();
    }

    /// Those that the leader answers and that go into the log.
    static List<Route> writes() {
        return ALL.stream()
                .filter(route -> route.answeredBy() == Route.AnsweredBy.LEADER)
                .filter(route -> route.method() != Route.Method.GET)
                .toList();
    }

    static boolean isOpen(Route route) {
        return route.access() == Access.OPEN;
    }

    static boolean isUpgrade(Route route) {
        return route.method() == Route.Method.WEBSOCKET;
    }

    static boolean isStream(Route route) {
        return route.path().equals("/v1/events");
    }

    /// Whether its refusals are in the shape of the Raft document.
    static boolean isPlain(Route route) {
        return route.path().equals("/api/command");
    }

    private static List<Route> read() {
        try (var node = Node.started("node-1")) {
            return node.server.routes();
        }
    }
}
