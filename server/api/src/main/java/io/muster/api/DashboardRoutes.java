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
    private final StaticFile raft = StaticFile.of("dashboard/raft.html", HTML);

    /// Every file by name; a name that is not here does not exist, whatever its path looks like.
    private final Map<String, StaticFile> files = Map.ofEntries(
            file("main.js", SCRIPT),
            file("raft.js", SCRIPT),
            file("api.js", SCRIPT),
            file("actions.js", SCRIPT),
            file("detail.js", SCRIPT),
            file("key.js", SCRIPT),
            file("states.js", SCRIPT),
            file("turn.js", SCRIPT),
            file("views.js", SCRIPT),
            file("elements.js", SCRIPT),
            file("muster.css", "text/css;charset=utf-8"),
            file("icon.svg", "image/svg+xml"));

    DashboardRoutes(ClusterPort cluster) {
        this.cluster = cluster;
    }

    private static Map.Entry<String, StaticFile> file(String name, String type) {
        return Map.entry(name, StaticFile.of("dashboard/" + name, type));
    }

    /// The work of the cluster.
    void page(Context ctx) {
        serve(ctx, page);
    }

    /// How the cluster agrees: who leads, how far each node is, and the log as it grows.
    void raft(Context ctx) {
        serve(ctx, raft);
    }

    /// A page may ask the other nodes of this cluster whether they are ready, to go on there when this one is gone.
    private void serve(Context ctx, StaticFile document) {
        List<URI> others = cluster.status().peers().stream()
                .flatMap(peer -> cluster.apiAddress(peer.id()).stream())
                .toList();
        ctx.header("Content-Security-Policy", SecurityHeaders.contentSecurityPolicy(others));
        document.serve(ctx);
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
