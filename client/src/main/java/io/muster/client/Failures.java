package io.muster.client;

import java.net.ConnectException;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;

/// Says in a few words why a connection came to nothing.
final class Failures {
    private Failures() {}

    static String describe(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapper when wrapper.getCause() != null -> describe(wrapper.getCause());
            case WebSocketHandshakeException handshake ->
                "the server answered with status " + handshake.getResponse().statusCode();
            case ConnectException connect when connect.getMessage() == null -> "connection refused";
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }
}
