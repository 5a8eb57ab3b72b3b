package io.muster.raft;

import io.muster.cluster.NodeId;
import io.muster.consensus.Message;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection that a peer dialled to this node and writes its messages on. It is read only, but for the answer to the
/// greeting; the first frame that is not as it should be closes it.
final class Incoming {
    /// Whoever connects and does not introduce itself is not a node.
    private static final long GREETING_NANOS = 2_000_000_000;

    private static final Logger log = LoggerFactory.getLogger(Incoming.class);

    /// What the owner of a connection is told.
    interface Listener {
        /// Somebody introduced itself: null welcomes it, a reason refuses it.
        @Nullable String introduced(Incoming connection, Hello hello, long incarnation);

        /// The peer sent a message; its wall clock said `wallMicros`.
        void received(NodeId from, Message message, long wallMicros);

        /// The connection is closed, by whichever side.
        void closed(Incoming connection);
    }

    private final SocketChannel channel;
    private final Local local;
    private final Clocks clocks;
    private final Listener listener;
    private final FrameInput input = new FrameInput();
    private final Assembler assembler = new Assembler();
    private final long greetingDueNanos;
    private @Nullable NodeId peer;
    private long incarnation;

    Incoming(SocketChannel channel, Local local, Clocks clocks, Listener listener) {
        this.channel = channel;
        this.local = local;
        this.clocks = clocks;
        this.listener = listener;
        this.greetingDueNanos = clocks.nanos() + GREETING_NANOS;
    }

    /// Who writes here, once it has said so.
    @Nullable NodeId peer() {
        return peer;
    }

    /// Hangs up on whoever has not introduced itself in time.
    void turn(long nowNanos) {
        if (peer == null && nowNanos - greetingDueNanos >= 0) {
            close("no hello in time");
        }
    }

    /// Takes what has arrived.
    void ready(SelectionKey key) {
        if (!key.isReadable()) {
            return;
        }
        try {
            input.fill(channel);
            for (Frame frame = input.next(); frame != null && channel.isOpen(); frame = input.next()) {
                take(frame);
            }
        } catch (IOException | MalformedException e) {
            close(String.valueOf(e.getMessage()));
        }
    }

    /// Closes the connection and says so once.
    void close(String reason) {
        if (!channel.isOpen()) {
            return;
        }
        log.info(
                "event=peer_hung_up peer={} from={} reason=\"{}\"",
                peer,
                channel.socket().getPort(),
                reason);
        Sockets.close(channel);
        listener.closed(this);
    }

    private void take(Frame frame) throws IOException {
        if (peer == null) {
            greet(frame);
            return;
        }
        String objection = local.objectionTo(frame);
        if (objection != null || frame.incarnation() != incarnation) {
            throw new MalformedException("a frame of another sender than the one that said hello");
        }
        switch (frame.type()) {
            case MESSAGE -> deliver(frame.payload(), frame.wallMicros());
            case PART -> assembler.add(frame.payload());
            case LAST_PART -> deliver(assembler.finish(frame.payload()), frame.wallMicros());
            case HELLO, WELCOME, REFUSED ->
                throw new MalformedException("a " + frame.type() + " frame after the greeting");
        }
    }

    private void deliver(Bytes payload, long wallMicros) {
        Message message = MessageCodec.decode(payload);
        listener.received(Objects.requireNonNull(peer, "introduced"), message, wallMicros);
    }

    private void greet(Frame frame) throws IOException {
        if (frame.type() != FrameType.HELLO) {
            throw new MalformedException("a " + frame.type() + " frame before any hello");
        }
        String objection = local.objectionTo(frame);
        Hello hello = objection == null ? Hello.decode(frame.payload()) : local.hello();
        if (objection == null) {
            objection = listener.introduced(this, hello, frame.incarnation());
        }
        if (objection != null) {
            var refusal = local.frame(FrameType.REFUSED, Bytes.utf8(objection), clocks.wallMicros());
            Sockets.writeWhole(channel, refusal);
            close("refused: " + objection);
            return;
        }
        peer = hello.node();
        incarnation = frame.incarnation();
        Sockets.writeWhole(channel, local.frame(FrameType.WELCOME, local.hello().encode(), clocks.wallMicros()));
    }
}
