package io.muster.http;

import io.javalin.http.Handler;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketCreator;

/// A [Route] and what answers it.
public sealed interface Endpoint {
    /// The row.
    Route route();

    /// A request that `handler` answers.
    record Answered(Route route, Handler handler) implements Endpoint {}

    /// A request that opens a WebSocket: `handler` lets it through or refuses it, `sockets` makes its end here.
    record Upgraded(Route route, Handler handler, JettyWebSocketCreator sockets) implements Endpoint {}
}
