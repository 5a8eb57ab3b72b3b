package io.muster.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;

/// Says in a few words why a connection came to nothing, in the words of people and not of the runtime.
public final class ConnectionFailures {
    private ConnectionFailures() {}

    /// What a person is told of a connection that failed.
    public static String describe(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapper when wrapper.getCause() != null -> describe(wrapper.getCause());
            case WebSocketHandshakeException handshake ->
                "the server answered with status " + handshake.getResponse().statusCode();
            case ConnectException connect
            when connect.getCause() instanceof UnresolvedAddressException -> "there is no host of that name";
            case UnknownHostException _ -> "there is no host of that name";
            case ConnectException _ -> "connection refused";
            case HttpConnectTimeoutException _ -> "no connection came about in time";
            case HttpTimeoutException _ -> "it did not answer in time";
            case IOException _ -> "the connection was lost";
            default -> failure.getMessage() == null ? "it failed" : failure.getMessage();
        };
    }
}
