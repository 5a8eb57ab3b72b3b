package io.muster.raft;

import io.muster.cluster.NodeId;
import io.muster.consensus.Message;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Frames over plain TCP, one connection in each direction between two nodes.
///
/// Each node dials every other and writes only on the connections it dialled. So there is no argument about which of
/// two crossing connections stays, a cut in one direction is visible to the one who writes, and a killed process shows
/// at once: the connection closes and the next dial is refused.
///
/// It has no thread: whoever runs the [RaftLoop] also calls [#poll], which saves two hand-offs on each message. Only
/// [#wake] may be called from elsewhere.
public final class TcpTransport implements Transport, AutoCloseable {
    /// Every peer needs one connection; the rest is room for those that are being replaced.
    private static final int MAX_INCOMING = 64;

    private static final int BACKLOG = 64;

    private final Local local;
    private final Clocks clocks;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final SortedMap<NodeId, Link> links = new TreeMap<>();
    private final List<Incoming> incoming = new ArrayList<>();
    private @Nullable Listener listener;

    /// Both directions with one peer.
    private static final class Link implements Outgoing.Listener {
        private final TcpTransport owner;
        private final Peer peer;
        private final Outgoing outgoing;
        private @Nullable Incoming incoming;
        private boolean isRefused;

        Link(TcpTransport owner, NodeId id, InetSocketAddress address) {
            this.owner = owner;
            this.peer = new Peer(id);
            this.outgoing = new Outgoing(id, address, owner.local, owner.clocks, this);
        }

        @Override
        public boolean welcomed(Hello hello, long incarnation) {
            if (peer.isOutdated(incarnation)) {
                return false;
            }
            isRefused = false;
            peer.meet(hello, incarnation);
            owner.listener().connected(peer.id());
            return true;
        }

        @Override
        public void refused() {
            isRefused = true;
            tellIfVanished();
        }

        /// A process that is gone refuses new connections and has lost its old ones; either alone may be a hiccup.
        void tellIfVanished() {
            if (isRefused && incoming == null) {
                owner.listener().vanished(peer.id());
            }
        }
    }

    private final Incoming.Listener arrivals = new Incoming.Listener() {
        @Override
        public @Nullable String introduced(Incoming connection, Hello hello, long incarnation) {
            return admit(connection, hello, incarnation);
        }

        @Override
        public void received(NodeId from, Message message, long wallMicros) {
            Link link = links.get(from);
            if (link != null) {
                link.peer.noteClock(wallMicros, clocks);
                listener().received(from, message);
            }
        }

        @Override
        public void closed(Incoming connection) {
            incoming.remove(connection);
            for (Link link : links.values()) {
                if (link.incoming == connection) {
                    link.incoming = null;
                    link.tellIfVanished();
                }
            }
        }
    };

    private TcpTransport(
            Local local,
            Clocks clocks,
            Selector selector,
            ServerSocketChannel server,
            Map<NodeId, InetSocketAddress> peers) {
        this.local = local;
        this.clocks = clocks;
        this.selector = selector;
        this.server = server;
        peers.forEach((id, address) -> links.put(id, new Link(this, id, address)));
    }

    /// Binds to `address` and prepares a link to each of `peers`, all of which must be on loopback.
    static TcpTransport open(
            InetSocketAddress address, Map<NodeId, InetSocketAddress> peers, Local local, Clocks clocks) {
        requireLoopback("listen for other nodes on", address);
        peers.forEach((id, at) -> requireLoopback("reach node " + id + " at", at));
        try {
            Selector selector = Selector.open();
            ServerSocketChannel server = ServerSocketChannel.open();
            try {
                server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                server.bind(address, BACKLOG);
                server.configureBlocking(false);
                server.register(selector, SelectionKey.OP_ACCEPT);
            } catch (IOException e) {
                server.close();
                selector.close();
                throw e;
            }
            return new TcpTransport(local, clocks, selector, server, peers);
        } catch (BindException e) {
            throw new EngineException(
                    "cannot listen for other nodes on " + address + ": " + e.getMessage()
                            + ": stop what listens there, or choose another port",
                    e);
        } catch (IOException e) {
            throw new EngineException("cannot listen for other nodes on " + address + ": " + e.getMessage(), e);
        }
    }

    /// Where messages and news go from now on.
    void listen(Listener to) {
        listener = to;
    }

    /// Waits up to `millis` for the network, or not at all when 0, and handles what arrived.
    void poll(long millis) {
        try {
            if (millis == 0) {
                selector.selectNow(this::ready);
            } else {
                selector.select(this::ready, millis);
            }
        } catch (IOException e) {
            throw new EngineException("cannot wait for the network: " + e.getMessage(), e);
        }
        long now = clocks.nanos();
        for (Link link : links.values()) {
            link.outgoing.turn(selector, now);
        }
        for (Incoming connection : List.copyOf(incoming)) {
            connection.turn(now);
        }
    }

    /// Makes a [#poll] that waits return at once. From any thread.
    void wake() {
        selector.wakeup();
    }

    @Override
    public void send(NodeId to, Message message) {
        Link link = links.get(to);
        if (link != null) {
            link.outgoing.send(message);
        }
    }

    @Override
    public void flush() {
        for (Link link : links.values()) {
            link.outgoing.flush();
        }
    }

    @Override
    public PeerView peer(NodeId id) {
        return Optional.ofNullable(links.get(id))
                .map(link -> link.peer.view(link.outgoing.isOpen()))
                .orElse(PeerView.UNKNOWN);
    }

    @Override
    public void close() {
        links.values().forEach(link -> link.outgoing.close("this node stops"));
        List.copyOf(incoming).forEach(connection -> connection.close("this node stops"));
        try {
            server.close();
            selector.close();
        } catch (IOException e) {
            throw new EngineException("cannot close the node port: " + e.getMessage(), e);
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        switch (key.attachment()) {
            case Outgoing outgoing -> outgoing.ready(key);
            case Incoming connection -> connection.ready(key);
            case null, default -> accept();
        }
    }

    private void accept() {
        try {
            SocketChannel channel = server.accept();
            if (channel == null) {
                return;
            }
            if (incoming.size() >= MAX_INCOMING) {
                Sockets.close(channel);
                return;
            }
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var connection = new Incoming(channel, local, clocks, arrivals);
            incoming.add(connection);
            channel.register(selector, SelectionKey.OP_READ, connection);
        } catch (IOException e) {
            throw new EngineException("cannot accept connections of other nodes: " + e.getMessage(), e);
        }
    }

    private @Nullable String admit(Incoming connection, Hello hello, long incarnation) {
        Link link = links.get(hello.node());
        if (link == null) {
            return "node " + hello.node() + " is not a peer of " + local.hello().node();
        }
        if (link.peer.isOutdated(incarnation)) {
            return "a later process of node " + hello.node() + " is known here";
        }
        Incoming older = link.incoming;
        link.incoming = connection;
        if (older != null) {
            older.close("replaced by a newer connection");
        }
        link.peer.meet(hello, incarnation);
        link.outgoing.hurry(clocks.nanos());
        return null;
    }

    private Listener listener() {
        return Objects.requireNonNull(listener, "a transport has its listener before it is polled");
    }

    private static void requireLoopback(String act, InetSocketAddress address) {
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new EngineException("cannot " + act + " " + address
                    + ": until the node port is protected by mutual TLS, nodes talk over loopback only: use 127.0.0.1");
        }
    }
}
