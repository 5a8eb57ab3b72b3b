package io.muster.exchange;

import io.muster.wire.ApiKey;
import io.muster.wire.ConnectionFailures;
import io.muster.wire.HttpConnections;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Opens channels to servers: a WebSocket, or single requests where something on the way allows no WebSocket.
public final class ExchangeChannels {
    private static final String PATH = "/v1/work";
    private static final int NO_STATUS = 0;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final HttpClient http;
    private final Executor executor;
    private final ApiKey key;

    public ExchangeChannels(HttpConnections transport, ApiKey key) {
        this.http = transport.http();
        this.executor = transport.executor();
        this.key = key;
    }

    /// Opens a channel to the server at `address`, such as `http://10.0.0.1:8080`. Returns at once.
    ///
    /// @throws IllegalArgumentException if `address` is no such address
    public ExchangeChannel open(String address, ExchangeChannel.Listener listener) {
        URI uri =
                URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) + PATH : address + PATH);
        if (!("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException("'" + address + "' is no server's address: expected http://host:port");
        }
        OpeningChannel channel = new OpeningChannel();
        WebSocketChannel socket = new WebSocketChannel(listener);
        channel.use(socket);
        CompletableFuture<WebSocket> opening = http.newWebSocketBuilder()
                .header("Authorization", key.authorization())
                .buildAsync(URI.create("ws" + uri.toString().substring("http".length())), socket);
        channel.awaits(opening.whenCompleteAsync(
                (_, failure) -> {
                    if (failure != null && isRefusalOfWebSockets(failure)) {
                        channel.use(new PostChannel(http, uri, key, listener));
                        listener.opened();
                    } else if (failure != null && isRefusalOfKey(failure)) {
                        listener.denied(address + " refuses the key: " + ConnectionFailures.describe(failure));
                    } else if (failure != null) {
                        listener.closed("cannot open " + address + ": " + ConnectionFailures.describe(failure));
                    }
                },
                executor));
        return channel;
    }

    /// Whether the server answered, and it was the upgrade that it, or a proxy before it, did not want.
    private static boolean isRefusalOfWebSockets(Throwable failure) {
        int status = status(failure);
        return status != NO_STATUS && status != UNAVAILABLE && !isRefusalOfKey(failure);
    }

    private static boolean isRefusalOfKey(Throwable failure) {
        int status = status(failure);
        return status == UNAUTHORIZED || status == FORBIDDEN;
    }

    private static int status(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof WebSocketHandshakeException handshake
                ? handshake.getResponse().statusCode()
                : NO_STATUS;
    }

    /// Begins as a WebSocket and may turn out to be something else before it is opened.
    private static final class OpeningChannel implements ExchangeChannel {
        private volatile @Nullable ExchangeChannel present;
        private volatile @Nullable CompletableFuture<?> opening;
        private volatile boolean isClosed;

        void use(ExchangeChannel channel) {
            present = channel;
            if (isClosed) {
                channel.close();
            }
        }

        void awaits(CompletableFuture<?> future) {
            opening = future;
        }

        @Override
        public void send(ExchangeRequest request) {
            ExchangeChannel channel = present;
            if (channel != null) {
                channel.send(request);
            }
        }

        @Override
        public void close() {
            isClosed = true;
            CompletableFuture<?> future = opening;
            if (future != null) {
                future.cancel(true);
            }
            ExchangeChannel channel = present;
            if (channel != null) {
                channel.close();
            }
        }
    }
}
