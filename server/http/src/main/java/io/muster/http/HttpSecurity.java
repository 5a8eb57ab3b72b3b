package io.muster.http;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/// What protects the API, and by what the nodes know each other's.
public sealed interface HttpSecurity {
    /// Plain HTTP on loopback.
    record PlainHttp() implements HttpSecurity {}

    /// HTTPS.
    ///
    /// @param server what the API shows
    /// @param peers whom this node trusts as another node's API
    record Https(SSLContext server, SSLContext peers) implements HttpSecurity {}

    /// Whom a client of other nodes trusts.
    default SSLContext trust() {
        try {
            return switch (this) {
                case PlainHttp() -> SSLContext.getDefault();
                case Https https -> https.peers();
            };
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has a default context of TLS", e);
        }
    }
}
