package io.muster.http;

import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/// What every answer tells a browser: run nothing but our own files, show us in no frame, guess no content type.
public final class SecurityHeaders {
    private static final String CONTENT_SECURITY_POLICY = contentSecurityPolicy(List.of());

    private SecurityHeaders() {}

    /// No inline script or style and no foreign host: text that a job carries can be shown, it can never
    /// run. A page may ask its own node, and those of `fellows`.
    public static String contentSecurityPolicy(List<URI> fellows) {
        String others = fellows.stream().map(address -> " " + address).collect(Collectors.joining());
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'" + others
                + "; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    static void on(Context ctx) {
        ctx.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "no-store");
    }
}
