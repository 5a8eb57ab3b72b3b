package io.muster.api;

import io.javalin.http.Context;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.SecurityHeaders;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// The dashboard's page and its files. The page asks the public API for everything it shows, with its reader's key:
/// these files hold no data and need no key.
final class DashboardRoutes {
    private static final String HTML = "text/html;charset=utf-8";
    private static final String SCRIPT = "text/javascript;charset=utf-8";

    private final ClusterPort cluster;
    private final StaticFile page = StaticFile.of("dashboard/index.html", HTML);

    /// Every file by name; a name that is not here does not exist, whatever its path looks like.
    private final Map<String, StaticFile> files = Map.of(
            "main.js", StaticFile.of("dashboard/main.js", SCRIPT),
            "api.js", StaticFile.of("dashboard/api.js", SCRIPT),
            "actions.js", StaticFile.of("dashboard/actions.js", SCRIPT),
            "detail.js", StaticFile.of("dashboard/detail.js", SCRIPT),
            "states.js", StaticFile.of("dashboard/states.js", SCRIPT),
            "turn.js", StaticFile.of("dashboard/turn.js", SCRIPT),
            "views.js", StaticFile.of("dashboard/views.js", SCRIPT),
            "elements.js", StaticFile.of("dashboard/elements.js", SCRIPT),
            "muster.css", StaticFile.of("dashboard/muster.css", "text/css;charset=utf-8"),
            "icon.svg", StaticFile.of("dashboard/icon.svg", "image/svg+xml"));

    DashboardRoutes(ClusterPort cluster) {
        this.cluster = cluster;
    }

    /// The page may ask the other nodes of this cluster whether they are ready, to go on there when this one is gone.
    void page(Context ctx) {
        List<URI> others = cluster.status().peers().stream()
                .flatMap(peer -> cluster.apiAddress(peer.id()).stream())
                .toList();
        ctx.header("Content-Security-Policy", SecurityHeaders.contentSecurityPolicy(others));
        page.serve(ctx);
    }

    void file(Context ctx) {
        String name = ctx.pathParam("file");
        StaticFile file = files.get(name);
        if (file == null) {
            throw Refusal.of(ProblemType.NOT_FOUND, "the dashboard has no file '" + name + "'")
                    .refused();
        }
        file.serve(ctx);
    }
}
