package io.muster.api;

import io.javalin.http.Context;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps pages of other sites from using the reader's browser against this node.
///
/// A server on loopback is reachable by every page its user opens: by name, when the page's own name is made to
/// resolve to 127.0.0.1 (DNS rebinding: stopped by looking at `Host`), or across sites (stopped by looking at
/// `Origin` and `Sec-Fetch-Site`). A client that is no browser sends neither of the latter two.
final class SiteCheck {
    private final Set<String> names;

    /// Accepts loopback names and `names` as the host part of `Host`.
    SiteCheck(Set<String> names) {
        this.names = names;
    }

    /// Refuses a request that names another host, or was sent by another site's page.
    void check(Context ctx) {
        String host = ctx.header("Host");
        if (host == null || !isOurs(nameOf(host))) {
            throw refusal("the Host '" + shown(host) + "' is not a name of this node");
        }
        String origin = ctx.header("Origin");
        if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            throw refusal("the Origin '" + shown(origin) + "' is not this node");
        }
        String site = ctx.header("Sec-Fetch-Site");
        boolean isNavigation = "navigate".equals(ctx.header("Sec-Fetch-Mode"));
        if (("cross-site".equals(site) || "same-site".equals(site)) && !isNavigation) {
            throw refusal("the browser says that another site's page sent this");
        }
    }

    private boolean isOurs(String name) {
        return Loopback.isLoopback(name) || names.contains(name);
    }

    private static String nameOf(String host) {
        int bracket = host.lastIndexOf(']');
        int colon = host.lastIndexOf(':');
        return colon > bracket ? host.substring(0, colon) : host;
    }

    private static String shown(@Nullable String header) {
        if (header == null) {
            return "";
        }
        return header.length() > 100 ? header.substring(0, 100) + "…" : header;
    }

    private static RequestRefused refusal(String detail) {
        return Refusal.of(ProblemType.FOREIGN_ORIGIN, detail).refused();
    }
}
