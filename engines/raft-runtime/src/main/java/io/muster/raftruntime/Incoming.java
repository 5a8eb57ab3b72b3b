package io.muster.raftruntime;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.NodeId;
import io.muster.raft.Message;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection that a peer dialled to this node and writes its messages on. It is read only, but for the answer to the
/// greeting; the first frame that is not as it should be closes it.
final class Incoming {
    /// A connection that does not introduce itself in time is not a node's.
    private static final long GREETING_NANOS = 2_000_000_000;

    private static final Logger log = LoggerFactory.getLogger(Incoming.class);

    /// What the owner of a connection is told.
    interface Listener {
        /// A node of this cluster introduced itself: null welcomes it, a refusal hangs up.
        @Nullable HandshakeRefusal introduced(Incoming connection, Introduction said, long incarnation);

        /// The peer sent a message; its wall clock said `wallMicros`.
        void received(NodeId from, Message message, long wallMicros);

        /// The peer says anew what it is; its wall clock said `wallMicros`.
        void news(NodeId from, Hello hello, long wallMicros);

        /// The connection is closed, by whichever side.
        void closed(Incoming connection);
    }

    private final Accepted caller;
    private final NodeChannel channel;
    private final Supplier<LocalIdentity> own;
    private final RejectedConnections rejected;
    private final Bytes nonce = Nonces.draw();
    private final Clocks clocks;
    private final Listener listener;
    private final FrameInput input = new FrameInput();
    private final Assembler assembler = new Assembler();
    private final long greetingDueNanos;
    private @Nullable NodeId peer;
    private long incarnation;
    private boolean isChallenged;
    private boolean isOpen = true;

    /// Who has connected.
    ///
    /// @param channel how it is read
    /// @param address where it comes from
    record Accepted(NodeChannel channel, String address) {}

    Incoming(
            Accepted caller,
            Supplier<LocalIdentity> own,
            Clocks clocks,
            RejectedConnections rejected,
            Listener listener) {
        this.caller = caller;
        this.channel = caller.channel();
        this.own = own;
        this.rejected = rejected;
        this.clocks = clocks;
        this.listener = listener;
        this.greetingDueNanos = clocks.nanos() + GREETING_NANOS;
    }

    /// Who writes here, once it has said so.
    @Nullable NodeId peer() {
        return peer;
    }

    /// Begins or goes on with the greeting, and hangs up on a caller that has not introduced itself in time.
    void turn(long nowNanos) {
        if (peer != null) {
            return;
        }
        if (nowNanos - greetingDueNanos >= 0) {
            hangUp(isChallenged ? "no hello in time" : "no hello in time: " + channel.silence());
        } else if (!isChallenged) {
            handled(this::read);
        }
    }

    /// Asks the caller to prove that it is a node, once it can be asked.
    private void challenge() throws IOException {
        if (!isChallenged && channel.prepare()) {
            isChallenged = true;
            Sockets.writeWhole(channel, own.get().frame(FrameType.CHALLENGE, nonce, clocks.wallMicros()));
        }
    }

    /// Takes what has arrived.
    void ready(SelectionKey key) {
        if (key.isReadable()) {
            handled(this::read);
        }
    }

    private void read() throws IOException {
        challenge();
        if (!isChallenged) {
            return;
        }
        do {
            input.fill(channel);
            for (Frame frame = input.next(); frame != null && isOpen; frame = input.next()) {
                take(frame);
            }
        } while (isOpen && channel.hasMore());
    }

    /// Something that reads or writes.
    private interface Step {
        void run() throws IOException;
    }

    private void handled(Step step) {
        try {
            step.run();
        } catch (MalformedException e) {
            hangUp(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            close(String.valueOf(e.getMessage()));
        }
    }

    /// Closes the connection of somebody who does not behave as a node does.
    private void hangUp(String reason) {
        if (peer == null && isOpen) {
            rejected.add(caller.address(), reason);
        }
        close(reason);
    }

    /// Closes the connection and says so once.
    void close(String reason) {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        if (peer != null) {
            log.info("peer hung up peer={} reason=\"{}\"", peer, reason);
        }
        channel.close();
        listener.closed(this);
    }

    private void take(Frame frame) throws IOException {
        if (peer == null) {
            greet(frame);
            return;
        }
        String objection = own.get().objectionTo(frame);
        if (objection != null || frame.incarnation() != incarnation) {
            throw new MalformedException("a frame of another sender than the one that said hello");
        }
        switch (frame.type()) {
            case MESSAGE -> deliver(frame.payload(), frame.wallMicros());
            case PART -> assembler.add(frame.payload());
            case LAST_PART -> deliver(assembler.finish(frame.payload()), frame.wallMicros());
            case NEWS ->
                listener.news(
                        Objects.requireNonNull(peer, "introduced"), Hello.decode(frame.payload()), frame.wallMicros());
            case HELLO, WELCOME, REFUSED, CHALLENGE ->
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
        LocalIdentity identity = own.get();
        var reader = BinaryReader.over(frame.payload().array());
        var nonces = new Nonces(nonce, Bytes.wrap(reader.raw(Nonces.BYTES)));
        Bytes sealed = Bytes.wrap(reader.raw(reader.remaining()));
        Introduction said;
        try {
            said = introduction(identity, frame, nonces, sealed);
        } catch (MalformedException e) {
            var refusal = HandshakeRefusal.forNow(String.valueOf(e.getMessage()));
            answer(identity, nonces, FrameType.REFUSED, refusal.encode());
            hangUp("refused: " + refusal.reason());
            return;
        }
        HandshakeRefusal refusal = listener.introduced(this, said, frame.incarnation());
        if (refusal != null) {
            answer(identity, nonces, FrameType.REFUSED, refusal.encode());
            close("refused: " + refusal.reason());
            return;
        }
        peer = said.hello().node();
        incarnation = frame.incarnation();
        answer(identity, nonces, FrameType.WELCOME, identity.introduction().encode());
    }

    /// What a node of this cluster says of itself in its hello; throws [MalformedException] where it proves to be none.
    private Introduction introduction(LocalIdentity identity, Frame hello, Nonces nonces, Bytes sealed) {
        String objection = identity.objectionTo(hello);
        if (objection != null) {
            throw new MalformedException(objection);
        }
        Introduction said =
                Introduction.decode(identity.unsealed(ClusterSecret.Side.DIALLER, nonces, FrameType.HELLO, sealed));
        NodeId named = said.hello().node();
        channel.proven().filter(proven -> !proven.equals(named)).ifPresent(proven -> {
            throw new MalformedException(
                    named + " shows the certificate of " + proven + ": give each node the certificate in its own name");
        });
        return said;
    }

    private void answer(LocalIdentity identity, Nonces nonces, FrameType type, Bytes content) throws IOException {
        Bytes sealed = identity.sealed(ClusterSecret.Side.ANSWERER, nonces, type, content);
        Sockets.writeWhole(channel, identity.frame(type, sealed, clocks.wallMicros()));
    }
}
