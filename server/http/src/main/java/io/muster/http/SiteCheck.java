package io.muster.http;

import io.javalin.http.Context;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Set;

/// Keeps pages of other sites from using the reader's browser against this node.
///
/// A server on loopback is reachable by every page its user opens: by name, when the page's own name is made to
/// resolve to 127.0.0.1 (DNS rebinding: stopped by looking at `Host`), or across sites (stopped by looking at
/// `Origin` and `Sec-Fetch-Site`). A client that is no browser sends neither of the latter two.
///
/// One thing is let through: the dashboard of another node of this cluster may ask whether this one lives or is ready,
/// so that it can go on here when its own node is gone. Both answers need no key and tell nothing of the work.
final class SiteCheck {
    private final HttpConfig config;
    private final Set<String> openToFellows;
    private final NodePort cluster;

    /// Accepts the names that `config` allows as the host part of `Host`, and the members of `cluster` as fellows, for
    /// the paths `openToFellows`.
    SiteCheck(HttpConfig config, NodePort cluster, Set<String> openToFellows) {
        this.openToFellows = openToFellows;
        this.config = config;
        this.cluster = cluster;
    }

    /// Refuses a request that names another host, or was sent by another site's page.
    void check(Context ctx) {
        String host = ctx.header("Host");
        if (host == null || !isOurs(nameOf(host))) {
            throw refusal(
                    "the Host '" + Excerpt.of(Objects.requireNonNullElse(host, "")) + "' is not a name of this node");
        }
        String origin = ctx.header("Origin");
        if (origin != null && openToFellows.contains(ctx.path()) && isFellow(origin)) {
            ctx.header("Access-Control-Allow-Origin", origin)
                    .header("Vary", "Origin")
                    .header("Cross-Origin-Resource-Policy", "cross-origin");
            return;
        }
        if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            throw refusal("the Origin '" + Excerpt.of(origin) + "' is not this node");
        }
        String site = ctx.header("Sec-Fetch-Site");
        boolean isNavigation = "navigate".equals(ctx.header("Sec-Fetch-Mode"));
        if (("cross-site".equals(site) || "same-site".equals(site)) && !isNavigation) {
            throw refusal("the browser says that another site's page sent this");
        }
    }

    /// Whether that is the address of another node of this cluster, by whichever of its names a reader has opened it.
    private boolean isFellow(String origin) {
        return cluster.status().peers().stream()
                .flatMap(peer -> cluster.apiAddress(peer.id()).stream())
                .anyMatch(address -> isAt(origin, address));
    }

    private static boolean isAt(String origin, URI address) {
        URI asked;
        try {
            asked = new URI(origin);
        } catch (URISyntaxException e) {
            return false;
        }
        if (asked.getHost() == null || address.getHost() == null) {
            return false;
        }
        boolean isSameHost = asked.getHost().equals(address.getHost())
                || (Loopback.isLoopback(asked.getHost()) && Loopback.isLoopback(address.getHost()));
        return isSameHost
                && asked.getPort() == address.getPort()
                && Objects.equals(asked.getScheme(), address.getScheme());
    }

    /// Under HTTPS the name of another site's page that is made to resolve to this node is not in the
    /// certificate, so the browser goes no further.
    private boolean isOurs(String name) {
        return config.security() instanceof HttpSecurity.Https
                || Loopback.isLoopback(name)
                || config.hostNames().contains(name);
    }

    private static String nameOf(String host) {
        int bracket = host.lastIndexOf(']');
        int colon = host.lastIndexOf(':');
        return colon > bracket ? host.substring(0, colon) : host;
    }

    private static RequestRefused refusal(String detail) {
        return Refusal.of(ProblemType.FOREIGN_ORIGIN, detail).refused();
    }
}
