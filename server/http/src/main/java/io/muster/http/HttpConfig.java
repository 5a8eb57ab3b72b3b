package io.muster.http;

import java.time.Duration;
import java.util.Set;

/// What the HTTP server is told at its start.
///
/// @param host the address to listen on; only a loopback address without HTTPS
/// @param port the port, 0 for any free one
/// @param hostNames further names that may stand in a request's `Host`, beside loopback ones
/// @param leaderWait how long a write waits for a leader before it is refused: longer than an election, shorter than
///     the patience of a client
/// @param peerTimeout how long a question to another node may take before it counts as unreachable: a page that shows
///     all nodes must not hang on a dead one
/// @param security what protects the API
public record HttpConfig(
        String host,
        int port,
        Set<String> hostNames,
        Duration leaderWait,
        Duration peerTimeout,
        HttpSecurity security) {
    public HttpConfig {
        hostNames = Set.copyOf(hostNames);
        if (security instanceof HttpSecurity.PlainHttp && !Loopback.isLoopback(host)) {
            throw new IllegalArgumentException("cannot listen on '" + host
                    + "': without TLS the API binds to loopback only; use 127.0.0.1, ::1 or localhost, or make "
                    + "certificates by muster init and give every node the section tls");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("cannot listen on port " + port + ": use 0 to 65535");
        }
    }

    /// The usual limits on `host` and `port`.
    public static HttpConfig on(String host, int port) {
        return on(host, port, new HttpSecurity.PlainHttp());
    }

    /// The usual limits on `host` and `port`, protected by `security`.
    public static HttpConfig on(String host, int port, HttpSecurity security) {
        return new HttpConfig(host, port, Set.of(), Duration.ofSeconds(5), Duration.ofSeconds(1), security);
    }
}
