package io.muster.http;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open connections of the server: so many in all and from one address, and none that does not say what it wants.
final class Connections implements Connection.Listener {
    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    private final TransportLimits limits;
    private final long headNanos;
    private final Map<Connection, Watched> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    Connections(TransportLimits limits) {
        this.limits = limits;
        this.headNanos = limits.head().toNanos();
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection) {
            // Counted as the connection that it carries, which opens with it.
            return;
        }
        String address = address(connection);
        int fromThere = byAddress.merge(address, 1, Integer::sum);
        open.put(connection, new Watched(address, System.nanoTime()));
        if (open.size() > limits.connections() || fromThere > limits.perAddress()) {
            log.warn("connection refused, too many are open address={} fromThere={}", address, fromThere);
            connection.close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        var watched = open.remove(connection);
        if (watched != null) {
            byAddress.computeIfPresent(watched.address, (_, count) -> count > 1 ? count - 1 : null);
        }
    }

    /// Closes those that have begun a request's head and do not end it.
    void look() {
        long now = System.nanoTime();
        open.forEach((connection, watched) -> {
            if (connection instanceof HttpConnection http && watched.isOverdue(http, now, headNanos)) {
                connection.getEndPoint().close(new EofException("the head of a request did not end"));
            }
        });
    }

    private static String address(Connection connection) {
        return connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress from
                ? from.getAddress().getHostAddress()
                : "";
    }

    /// What is known of one connection; after its opening touched by the looking thread only.
    private static final class Watched {
        private final String address;
        private long messages;
        private long begunNanos;
        private boolean hasBegun = true;

        Watched(String address, long openedNanos) {
            this.address = address;
            this.begunNanos = openedNanos;
        }

        /// Whether it is in the same head for too long. Between requests it may rest until the idle timeout.
        boolean isOverdue(HttpConnection connection, long now, long patience) {
            long ended = connection.getMessagesIn();
            boolean isFirst = ended == 0 && connection.getParser().isStart();
            if (!isFirst && !isInHead(connection.getParser().getState())) {
                hasBegun = false;
                return false;
            }
            if (!hasBegun || ended != messages) {
                hasBegun = true;
                messages = ended;
                begunNanos = now;
            }
            return now - begunNanos >= patience;
        }

        private static boolean isInHead(HttpParser.State state) {
            return state.compareTo(HttpParser.State.START) > 0 && state.compareTo(HttpParser.State.CONTENT) < 0;
        }
    }
}
