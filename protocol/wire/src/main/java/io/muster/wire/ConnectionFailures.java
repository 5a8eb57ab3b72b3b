package io.muster.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

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
            case SSLException tls -> sentence(String.valueOf(tls.getMessage()));
            case ConnectException _ -> "connection refused";
            case HttpConnectTimeoutException _ -> "no connection came about in time";
            case HttpTimeoutException _ -> "it did not answer in time";
            case IOException _ -> "the connection was lost";
            default -> failure.getMessage() == null ? "it failed" : failure.getMessage();
        };
    }

    /// The runtime's own sentences speak of paths and anchors.
    private static String sentence(String failure) {
        if (failure.contains("PKIX path building failed") || failure.contains("trust anchor")) {
            return "its certificate was not issued by an authority that is trusted here: name the cluster's ca.pem by "
                    + "--ca";
        }
        if (failure.contains("NotAfter") || failure.contains("validity check failed")) {
            return "its certificate has ended or not begun yet: compare the clocks, or renew it by muster cert renew";
        }
        if (failure.contains("No subject alternative") || failure.contains("No name matching")) {
            return "its certificate is not for the host that was dialled: use a name or address that is in it";
        }
        return failure.contains("nrecognized SSL message")
                ? "it speaks plain HTTP: use http:// for it"
                : "the TLS handshake failed: " + failure;
    }
}
