package io.muster.raftruntime;

import io.muster.log.EngineException;
import io.muster.log.EngineReport.LinkState;
import io.muster.log.EngineReport.PeerLink;
import io.muster.log.NodeId;
import io.muster.raft.FoundingStatus;
import io.muster.raft.Message;
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
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Frames over TCP, plain or under TLS, one connection in each direction between two nodes.
///
/// Each node dials every other and writes only on the connections it dialled. So there is no argument about which of
/// two crossing connections stays, a cut in one direction is visible to the one who writes, and a killed process shows
/// at once: the connection closes and the next dial is refused.
///
/// It has no thread: the owner of the [RaftLoop] also calls [#poll], which saves two hand-offs on each message. Only
/// [#wake] may be called from elsewhere.
public final class TcpTransport implements Transport, AutoCloseable {
    /// Every peer needs one connection; the rest is room for those that are being replaced.
    private static final int MAX_INCOMING = 64;

    private static final int BACKLOG = 64;

    private final RejectedConnections rejected;
    private final Clocks clocks;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final NodeChannels channels;
    private final SortedMap<NodeId, Link> links = new TreeMap<>();
    private final List<Incoming> incoming = new ArrayList<>();
    private LocalIdentity own;
    private @Nullable Listener listener;
    private @Nullable Greetings greetings;

    /// What is told of greetings, on the thread that polls.
    interface Greetings {
        /// `peer` proved to be a node and said how far it has come.
        void introduced(NodeId peer, FoundingStatus foundingStatus);

        /// `peer` was met in an incarnation that is news.
        void met(NodeId peer, Incarnation incarnation);

        /// `peer` takes this node for one that must not take part.
        void refusedForGood(NodeId peer, String reason);
    }

    /// Both directions with one peer.
    private static final class Link implements Outgoing.Listener {
        private final TcpTransport owner;
        private final Peer peer;
        private final Outgoing outgoing;
        private @Nullable Incoming incoming;
        private boolean isRefused;

        Link(TcpTransport owner, NodeId id, InetSocketAddress address, @Nullable Incarnation known) {
            this.owner = owner;
            this.peer = new Peer(id, known);
            var target = new Outgoing.Target(id, address, socket -> owner.channels.dialled(socket, id));
            this.outgoing = new Outgoing(target, () -> owner.own, owner.clocks, this);
        }

        @Override
        public @Nullable HandshakeRefusal welcomed(Introduction said, long incarnation) {
            HandshakeRefusal refusal = objectionTo(said, incarnation);
            if (refusal == null) {
                isRefused = false;
                meet(said, incarnation);
                owner.listener().connected(peer.id());
            }
            return refusal;
        }

        @Override
        public void refusedForGood(String reason) {
            owner.greetings().refusedForGood(peer.id(), reason);
        }

        @Nullable HandshakeRefusal objectionTo(Introduction said, long incarnation) {
            return peer.objectionTo(said, incarnation, owner.own.introduction().foundingStatus());
        }

        void meet(Introduction said, long incarnation) {
            peer.meet(said, incarnation).ifPresent(met -> owner.greetings().met(peer.id(), met));
            owner.greetings().introduced(peer.id(), said.foundingStatus());
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
        public @Nullable HandshakeRefusal introduced(Incoming connection, Introduction said, long incarnation) {
            return admit(connection, said, incarnation);
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
        public void news(NodeId from, Hello hello, long wallMicros) {
            Link link = links.get(from);
            if (link != null) {
                link.peer.says(hello);
                link.peer.noteClock(wallMicros, clocks);
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
            LocalIdentity own,
            Clocks clocks,
            Selector selector,
            ServerSocketChannel server,
            NodePortSecurity security) {
        this.own = own;
        this.clocks = clocks;
        this.selector = selector;
        this.server = server;
        this.channels = NodeChannels.of(security, this::wake);
        rejected = new RejectedConnections(clocks);
    }

    /// Who is where, and how that is protected.
    ///
    /// @param address where this node listens
    /// @param peers where the others do
    /// @param security what protects the connections: without TLS all addresses must be on loopback
    record Network(InetSocketAddress address, Map<NodeId, InetSocketAddress> peers, NodePortSecurity security) {}

    /// Binds to the address and prepares a link to each peer; `known` are the incarnations of them
    /// that were met before.
    static TcpTransport open(Network network, Map<NodeId, Incarnation> known, LocalIdentity own, Clocks clocks) {
        InetSocketAddress address = network.address();
        Map<NodeId, InetSocketAddress> peers = network.peers();
        requireReachable("listen for other nodes on", address, network.security());
        peers.forEach((id, at) -> requireReachable("reach node " + id + " at", at, network.security()));
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
            var transport = new TcpTransport(own, clocks, selector, server, network.security());
            peers.forEach((id, at) -> transport.links.put(id, new Link(transport, id, at, known.get(id))));
            return transport;
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

    /// Where news of greetings go from now on.
    void listenToGreetings(Greetings to) {
        greetings = to;
    }

    /// Shows this node as it is now, to all peers anew.
    void introduceAs(LocalIdentity next) {
        own = next;
        links.values().forEach(link -> link.outgoing.introduceAgain());
    }

    /// Says these attributes of this node from now on, to all peers.
    void say(Map<String, String> attributes) {
        own = own.saying(attributes);
    }

    /// How many connections were closed that never proved to be a node's.
    long rejectedConnections() {
        return rejected.count();
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
                .map(link -> link.peer.view(link.outgoing.isOpen(), clocks.nanos()))
                .orElse(PeerView.UNKNOWN);
    }

    @Override
    public PeerLink link(NodeId id) {
        return Optional.ofNullable(links.get(id))
                .map(link -> link.peer.link(link.outgoing))
                .orElse(new PeerLink(id, LinkState.UNREACHABLE, "it has no address here", OptionalLong.empty()));
    }

    @Override
    public void close() {
        links.values().forEach(link -> link.outgoing.close("this node stops"));
        List.copyOf(incoming).forEach(connection -> connection.close("this node stops"));
        try {
            server.close();
            selector.close();
            channels.close();
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
            SocketChannel socket = server.accept();
            if (socket == null) {
                return;
            }
            if (incoming.size() >= MAX_INCOMING) {
                Sockets.close(socket);
                return;
            }
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var caller = new Incoming.Accepted(
                    channels.accepted(socket, links.keySet()), String.valueOf(socket.getRemoteAddress()));
            var connection = new Incoming(caller, () -> own, clocks, rejected, arrivals);
            incoming.add(connection);
            socket.register(selector, SelectionKey.OP_READ, connection);
            connection.turn(clocks.nanos());
        } catch (IOException e) {
            throw new EngineException("cannot accept connections of other nodes: " + e.getMessage(), e);
        }
    }

    private @Nullable HandshakeRefusal admit(Incoming connection, Introduction said, long incarnation) {
        NodeId node = said.hello().node();
        Link link = links.get(node);
        if (link == null) {
            return HandshakeRefusal.forNow("node " + node + " is not a peer of " + own.self());
        }
        HandshakeRefusal refusal = link.objectionTo(said, incarnation);
        if (refusal != null) {
            return refusal;
        }
        Incoming older = link.incoming;
        link.incoming = connection;
        if (older != null) {
            older.close("replaced by a newer connection");
        }
        link.meet(said, incarnation);
        link.outgoing.hurry(clocks.nanos());
        return null;
    }

    private Listener listener() {
        return Objects.requireNonNull(listener, "a transport has its listener before it is polled");
    }

    private Greetings greetings() {
        return Objects.requireNonNull(greetings, "a transport has its listeners before it is polled");
    }

    private static void requireReachable(String act, InetSocketAddress address, NodePortSecurity security) {
        if (address.isUnresolved()) {
            throw new EngineException("cannot " + act + " " + address + ": the name of that host is not known here");
        }
        if (security instanceof NodePortSecurity.LoopbackOnly
                && !address.getAddress().isLoopbackAddress()) {
            throw new EngineException("cannot " + act + " " + address
                    + ": without mutual TLS nodes talk over loopback only: use 127.0.0.1, or make certificates by "
                    + "muster init and give every node the section tls");
        }
    }
}
