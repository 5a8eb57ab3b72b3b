package io.muster.raftruntime;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.EngineReport.LinkState;
import io.muster.log.EngineReport.PeerLink;
import io.muster.log.NodeId;
import io.muster.raft.Message;
import io.muster.raftruntime.OutgoingState.Challenged;
import io.muster.raftruntime.OutgoingState.Closed;
import io.muster.raftruntime.OutgoingState.Connection;
import io.muster.raftruntime.OutgoingState.Dialling;
import io.muster.raftruntime.OutgoingState.Greeting;
import io.muster.raftruntime.OutgoingState.Linked;
import io.muster.raftruntime.OutgoingState.Open;
import io.muster.raftruntime.OutgoingState.Securing;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection this node dials to one peer and writes its messages on; dialled again for as long as the node runs.
///
/// [OutgoingState] is how far it has come.
final class Outgoing {
    /// A peer that was just killed is dialled again at once, so that its refusal is known within milliseconds; one that
    /// stays away costs one attempt a second.
    private static final long FIRST_PAUSE_NANOS = 5_000_000;

    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

    /// Two nodes on one continent greet each other in far less.
    private static final long GREETING_NANOS = 2_000_000_000;

    /// Two followers have nothing to tell each other. So often one says again what it is, and with it what its
    /// clock shows: ten times in a window of [ClockMeter].
    private static final long BEAT_NANOS = 200_000_000;

    /// Bounds what a heartbeat can wait behind once it has left the queue.
    private static final int SOCKET_BUFFER_BYTES = 512 * 1024;
    private static final Logger log = LoggerFactory.getLogger(Outgoing.class);

    /// What the owner of a connection is told.
    interface Listener {
        /// The peer answered: null takes it, a refusal hangs up again.
        @Nullable HandshakeRefusal welcomed(Introduction said, long incarnation);

        /// The peer will not have this node, now or ever, as long as the node's folder is what it is.
        void refusedForGood(HandshakeRefusal refusal);

        /// No process listens at the peer's address.
        void refused();
    }

    private final Target target;
    private final NodeId peer;
    private final InetSocketAddress address;
    private final Supplier<LocalIdentity> own;
    private final Clocks clocks;
    private final Listener listener;
    private final SendQueue queue = new SendQueue();
    private final ByteBuffer out = ByteBuffer.allocate(2 * Frame.MAX_BYTES);
    private OutgoingState state = new Closed();
    private long dueNanos;
    private long pauseNanos;
    private @Nullable Hello told;
    private long saidNanos;
    private String lastTrouble = "";
    private LinkState lastFault = LinkState.CONNECTING;
    private LinkState faultIfItBreaks = LinkState.UNREACHABLE;

    /// Whom this node dials.
    ///
    /// @param peer the node that is to answer
    /// @param address where
    /// @param channels how a connection is read and written
    record Target(NodeId peer, InetSocketAddress address, Function<SocketChannel, NodeChannel> channels) {}

    Outgoing(Target target, Supplier<LocalIdentity> own, Clocks clocks, Listener listener) {
        this.target = target;
        this.peer = target.peer();
        this.address = target.address();
        this.own = own;
        this.clocks = clocks;
        this.listener = listener;
        this.dueNanos = clocks.nanos();
    }

    boolean isOpen() {
        return state instanceof Open;
    }

    /// Whether messages go out, and if not, why; the peer was last heard at `heardNanos`.
    PeerLink link(OptionalLong heardNanos) {
        return new PeerLink(peer, isOpen() ? LinkState.OPEN : lastFault, lastTrouble, heardNanos);
    }

    /// Dials where the pause is over, and gives up on a greeting that takes too long.
    void turn(Selector selector, long nowNanos) {
        boolean isDue = nowNanos - dueNanos >= 0;
        switch (state) {
            case Open _ -> {
                if (nowNanos - saidNanos >= BEAT_NANOS) {
                    told = null;
                }
            }
            case Closed _ -> {
                if (isDue) {
                    dial(selector, nowNanos);
                }
            }
            case Securing _ when !isDue -> handled(this::read);
            case Dialling _, Securing _, Challenged _, Greeting _ -> {
                if (isDue) {
                    close(LinkState.SILENT, "no answer in time" + silence());
                }
            }
        }
    }

    /// What is known of a peer that takes connections and has sent nothing.
    private String silence() {
        boolean isMute = state instanceof Securing || state instanceof Challenged;
        return isMute && state instanceof Linked linked
                ? ": " + linked.connection().channel().silence()
                : "";
    }

    /// Dials at the next turn: the peer has just shown that it is there.
    void hurry(long nowNanos) {
        if (state instanceof Closed) {
            dueNanos = nowNanos;
            pauseNanos = 0;
        }
    }

    /// Dials anew: what this node says of itself has changed.
    void introduceAgain() {
        if (!(state instanceof Closed)) {
            close("this node has come further in the founding");
        }
        hurry(clocks.nanos());
    }

    /// Queues a message; it is dropped while the connection is not open, and where the peer's version
    /// does not know it and would hang up.
    void send(Message message) {
        if (state instanceof Open(Connection _, int protocol) && MessageCodec.protocol(message) <= protocol) {
            queue.add(message);
        }
    }

    /// Writes as much as the socket takes.
    void flush() {
        boolean isIdle = queue.isEmpty() && out.position() == 0 && !hasNews();
        if (state instanceof Open(Connection connection, int _) && !isIdle) {
            handled(() -> write(connection));
        }
    }

    /// Does what the selector says the socket is ready for.
    void ready(SelectionKey readyKey) {
        handled(() -> {
            if (readyKey.isConnectable()) {
                connected();
            } else if (readyKey.isReadable()) {
                read();
            } else if (readyKey.isWritable() && state instanceof Open(Connection connection, int _)) {
                write(connection);
            }
        });
    }

    /// Something that reads or writes.
    private interface Step {
        void run() throws IOException;
    }

    private void handled(Step step) {
        try {
            step.run();
        } catch (ConnectException e) {
            close(LinkState.REFUSED, "connection refused");
            listener.refused();
        } catch (IOException | MalformedException e) {
            close(String.valueOf(e.getMessage()));
        }
    }

    /// Closes the connection; it is dialled again after a pause that grows while that fails.
    void close(String trouble) {
        close(faultIfItBreaks, trouble);
    }

    private void close(LinkState fault, String trouble) {
        lastFault = fault;
        faultIfItBreaks = LinkState.UNREACHABLE;
        if (!trouble.equals(lastTrouble)) {
            log.info("peer lost peer={} address={} reason=\"{}\"", peer, address, trouble);
            lastTrouble = trouble;
        }
        pauseNanos = state instanceof Open ? 0 : Math.clamp(pauseNanos * 2, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
        dueNanos = clocks.nanos() + pauseNanos;
        switch (state) {
            case Closed() -> {}
            case Dialling(SocketChannel socket, SelectionKey _) -> Sockets.close(socket);
            case Linked linked -> {
                linked.connection().channel().close();
                Sockets.close(linked.connection().socket());
            }
        }
        state = new Closed();
        queue.clear();
        out.clear();
    }

    private void dial(Selector selector, long nowNanos) {
        dueNanos = nowNanos + GREETING_NANOS;
        handled(() -> {
            SocketChannel dialled = SocketChannel.open();
            try {
                dialled.configureBlocking(false);
                dialled.setOption(StandardSocketOptions.TCP_NODELAY, true);
                dialled.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
                boolean isConnected = dialled.connect(address);
                var key = dialled.register(selector, isConnected ? 0 : SelectionKey.OP_CONNECT, this);
                state = new Dialling(dialled, key);
            } catch (IOException e) {
                Sockets.close(dialled);
                throw e;
            }
            if (dialled.isConnected()) {
                connected();
            }
        });
    }

    private void connected() throws IOException {
        if (state instanceof Dialling(SocketChannel socket, SelectionKey key) && socket.finishConnect()) {
            key.interestOps(SelectionKey.OP_READ);
            var connection = new Connection(socket, key, target.channels().apply(socket), new FrameInput());
            state = new Securing(connection);
            secure(connection);
        }
    }

    private void secure(Connection connection) throws IOException {
        if (connection.channel().prepare()) {
            state = new Challenged(connection);
        }
    }

    /// Says who this node is, with the proof that was asked for.
    private void introduce(Connection connection, Bytes challenge) throws IOException {
        LocalIdentity identity = own.get();
        Bytes nonce = Nonces.draw();
        var drawn = new Nonces(challenge, nonce);
        told = identity.introduction().hello();
        Bytes sealed = identity.sealed(
                ClusterSecret.Side.DIALLER,
                drawn,
                FrameType.HELLO,
                identity.introduction().encode());
        Bytes payload = Bytes.wrap(
                new BinaryWriter().raw(nonce.array()).raw(sealed.array()).toBytes());
        state = new Greeting(connection, drawn);
        Sockets.writeWhole(connection.channel(), identity.frame(FrameType.HELLO, payload, clocks.wallMicros()));
    }

    /// The peer answers a hello, and afterwards writes nothing: what can still be read is the end of the connection.
    private void read() throws IOException {
        if (state instanceof Securing(Connection connection)) {
            secure(connection);
        }
        switch (state) {
            case Closed _, Dialling _, Securing _ -> {}
            case Challenged(Connection connection) -> {
                Frame frame = next(connection);
                if (frame != null) {
                    if (frame.type() != FrameType.CHALLENGE) {
                        throw new MalformedException("a " + frame.type() + " frame instead of a challenge");
                    }
                    introduce(connection, frame.payload());
                }
            }
            case Greeting(Connection connection, Nonces drawn) -> {
                Frame frame = next(connection);
                if (frame != null) {
                    greeted(connection, drawn, frame);
                }
            }
            case Open(Connection connection, int _) -> {
                Frame frame = next(connection);
                if (frame != null) {
                    throw new MalformedException("a " + frame.type() + " frame after the greeting");
                }
            }
        }
    }

    private @Nullable Frame next(Connection connection) throws IOException {
        connection.input().fill(connection.channel());
        Frame frame = connection.input().next();
        String objection = frame == null ? null : own.get().objectionTo(frame);
        if (objection != null) {
            faultIfItBreaks = LinkState.WRONG_CLUSTER;
            throw new MalformedException("it answers as another: " + objection);
        }
        return frame;
    }

    private void greeted(Connection connection, Nonces drawn, Frame frame) {
        switch (frame.type()) {
            case WELCOME -> welcomed(connection, drawn, frame);
            case REFUSED -> refused(HandshakeRefusal.decode(unsealed(drawn, frame)));
            case HELLO, MESSAGE, PART, LAST_PART, CHALLENGE, NEWS ->
                throw new MalformedException("a " + frame.type() + " frame instead of a greeting");
        }
    }

    private Bytes unsealed(Nonces drawn, Frame frame) {
        faultIfItBreaks = LinkState.WRONG_SECRET;
        return own.get().unsealed(ClusterSecret.Side.ANSWERER, drawn, frame.type(), frame.payload());
    }

    private void refused(HandshakeRefusal refusal) {
        close(LinkState.REFUSES_THIS_NODE, "it refuses: " + refusal.reason());
        if (refusal.weight() != HandshakeRefusal.Weight.FOR_NOW) {
            listener.refusedForGood(refusal);
        }
    }

    private void welcomed(Connection connection, Nonces drawn, Frame frame) {
        Introduction said = Introduction.decode(unsealed(drawn, frame));
        NodeId node = said.hello().node();
        if (!node.equals(peer)) {
            close(
                    LinkState.WRONG_IDENTITY,
                    "node " + node + " answers at the address of " + peer + ": check the peers' addresses");
            return;
        }
        HandshakeRefusal refusal = listener.welcomed(said, frame.incarnation());
        if (refusal != null) {
            close(LinkState.WRONG_IDENTITY, "refused: " + refusal.reason());
            return;
        }
        state = new Open(connection, said.hello().protocol());
        faultIfItBreaks = LinkState.UNREACHABLE;
        pauseNanos = 0;
        lastTrouble = "";
        log.info("peer connected peer={} address={} incarnation={}", peer, address, frame.incarnation());
    }

    /// Whether this node says something else of itself than the peer was told.
    private boolean hasNews() {
        return !own.get().introduction().hello().equals(told);
    }

    private void tellNews() {
        if (hasNews() && out.remaining() >= Frame.MAX_BYTES) {
            LocalIdentity identity = own.get();
            Hello hello = identity.introduction().hello();
            Frame.write(
                    out,
                    FrameType.NEWS,
                    identity.sender(),
                    clocks.wallMicros(),
                    ByteBuffer.wrap(hello.encode().array()));
            told = hello;
        }
    }

    private void write(Connection connection) throws IOException {
        saidNanos = clocks.nanos();
        tellNews();
        boolean isBlocked;
        do {
            queue.drainTo(out, own.get().sender(), clocks.wallMicros());
            out.flip();
            connection.channel().write(out);
            isBlocked = out.hasRemaining() || connection.channel().isBlocked();
            out.compact();
        } while (!isBlocked && !queue.isEmpty());
        int wanted = isBlocked ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (connection.key().interestOps() != wanted) {
            connection.key().interestOps(wanted);
        }
    }
}
