package io.muster.raftruntime;

import io.muster.log.EngineException;
import io.muster.log.EngineReport.LinkState;
import io.muster.log.EngineReport.PeerLink;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.Configuration;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger log = LoggerFactory.getLogger(TcpTransport.class);

    private final RejectedConnections rejected;
    private final Clocks clocks;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final NodePortSecurity security;
    private final NodeChannels channels;
    private final PeerLinks links;
    private final AddressBook addresses;
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

        /// `peer` is no member any more: whoever takes part under its name later is another.
        void left(NodeId peer);

        /// `peer` takes this node for one that takes part.
        default void welcomed(NodeId peer) {}

        /// `peer` takes this node for one that must not take part.
        void refusedForGood(NodeId peer, HandshakeRefusal refusal);
    }

    private final Incoming.Listener arrivals = new Incoming.Listener() {
        @Override
        public @Nullable HandshakeRefusal introduced(Incoming connection, Introduction said, long incarnation) {
            return admit(connection, said, incarnation);
        }

        @Override
        public void received(NodeId from, Message message, long wallMicros) {
            links.find(from).ifPresent(link -> {
                link.peer().noteClock(wallMicros, clocks);
                listener().received(from, message);
            });
        }

        @Override
        public void news(NodeId from, Hello hello, long wallMicros) {
            links.find(from).ifPresent(link -> {
                link.peer().says(hello);
                link.peer().noteClock(wallMicros, clocks);
            });
        }

        @Override
        public void closed(Incoming connection) {
            incoming.remove(connection);
            links.all().forEach(link -> link.lost(connection));
        }
    };

    private TcpTransport(
            LocalIdentity own, Clocks clocks, Selector selector, ServerSocketChannel server, Network network) {
        this.own = own;
        this.clocks = clocks;
        this.selector = selector;
        this.server = server;
        this.security = network.security();
        this.channels = NodeChannels.of(security, this::wake);
        this.links = new PeerLinks(this);
        this.addresses = new AddressBook(own.self(), network.peers(), this::wake);
        rejected = new RejectedConnections(clocks);
    }

    /// Where those are who take part beside this node, as the log says.
    ///
    /// @param addresses where the others are, as far as that is known
    /// @param identities who each is; one that has none here is known by its name alone
    record Directory(SortedMap<NodeId, InetSocketAddress> addresses, SortedMap<NodeId, VoterId> identities) {}

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
            var transport = new TcpTransport(own, clocks, selector, server, network);
            transport.links.begin(peers, known, own.introduction().foundingStatus());
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
        links.all().forEach(link -> link.outgoing().introduceAgain());
    }

    @Override
    public void members(Configuration configuration) {
        links.unsettle(configuration.members());
        addresses.lookUp(configuration);
    }

    @Override
    public void membersCommitted() {
        links.settle();
    }

    /// A member at an address that may not be dialled is told of and left without a link.
    private void follow(Directory members) {
        var reachable = new TreeMap<>(members.addresses());
        reachable.values().removeIf(address -> {
            Optional<String> objection = objectionTo(address, security);
            objection.ifPresent(reason -> log.warn("member not dialled address={} reason=\"{}\"", address, reason));
            return objection.isPresent();
        });
        links.follow(new Directory(reachable, members.identities()));
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
        addresses.take().ifPresent(this::follow);
        long now = clocks.nanos();
        links.turn(now);
        links.all().forEach(link -> link.outgoing().turn(selector, now));
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
        links.find(to).ifPresent(link -> link.outgoing().send(message));
    }

    @Override
    public void flush() {
        links.all().forEach(link -> link.outgoing().flush());
    }

    @Override
    public PeerView peer(NodeId id) {
        return links.find(id)
                .map(link -> link.peer().view(link.outgoing().isOpen(), clocks.nanos()))
                .orElse(PeerView.UNKNOWN);
    }

    @Override
    public PeerLink link(NodeId id) {
        return links.find(id)
                .map(link -> link.peer().link(link.outgoing()))
                .orElse(new PeerLink(id, LinkState.UNREACHABLE, "it has no address here", OptionalLong.empty()));
    }

    @Override
    public void close() {
        links.all().forEach(link -> link.outgoing().close("this node stops"));
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
                    channels.accepted(socket, links.admissible()), String.valueOf(socket.getRemoteAddress()));
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
        TwoWayLink link = links.find(node).orElse(null);
        if (link == null) {
            return links.objectionToStranger(node, said.foundingStatus());
        }
        HandshakeRefusal refusal = link.objectionTo(said, incarnation);
        if (refusal == null) {
            link.admit(connection, said, incarnation);
        }
        return refusal;
    }

    NodeChannel dialled(SocketChannel socket, NodeId peer) {
        return channels.dialled(socket, peer);
    }

    LocalIdentity own() {
        return own;
    }

    Clocks clocks() {
        return clocks;
    }

    Listener listener() {
        return Objects.requireNonNull(listener, "a transport has its listener before it is polled");
    }

    Greetings greetings() {
        return Objects.requireNonNull(greetings, "a transport has its listeners before it is polled");
    }

    private static void requireReachable(String act, InetSocketAddress address, NodePortSecurity security) {
        objectionTo(address, security).ifPresent(reason -> {
            throw new EngineException("cannot " + act + " " + address + ": " + reason);
        });
    }

    private static Optional<String> objectionTo(InetSocketAddress address, NodePortSecurity security) {
        if (address.isUnresolved()) {
            return Optional.of("the name of that host is not known here");
        }
        boolean isOutside = security instanceof NodePortSecurity.LoopbackOnly
                && !address.getAddress().isLoopbackAddress();
        return isOutside
                ? Optional.of(
                        "without mutual TLS nodes talk over loopback only: use 127.0.0.1, or make certificates by "
                                + "muster init and give every node the section tls")
                : Optional.empty();
    }
}
