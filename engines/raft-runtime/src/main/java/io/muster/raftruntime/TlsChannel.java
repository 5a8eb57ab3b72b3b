package io.muster.raftruntime;

import io.muster.encoding.MalformedException;
import io.muster.log.NodeId;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/// A connection under TLS. What the handshake computes (signatures, the path of a certificate) is
/// computed by an executor: some milliseconds, which no heartbeat shall wait for, whoever dials.
/// Everything else belongs to the thread that polls.
final class TlsChannel implements NodeChannel {
    /// Room for several records, so that one call of the socket brings or takes more than one.
    private static final int RECORDS = 16;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel socket;
    private final SSLEngine engine;
    private final Node node;
    private final ByteBuffer received;
    private final ByteBuffer plain;
    private final ByteBuffer sending;
    private volatile boolean isComputing;
    private boolean hasBegun;
    private boolean isPrepared;
    private boolean hasReceived;
    private boolean isEnded;
    private boolean isDrained = true;

    /// What all connections of a node share.
    ///
    /// @param tls what is shown and trusted
    /// @param computing where the handshakes' tasks run
    /// @param wake makes the thread that polls return, from any thread
    record Node(NodeTls tls, Executor computing, Runnable wake) {}

    TlsChannel(SocketChannel socket, SSLEngine engine, Node node) {
        this.socket = socket;
        this.engine = engine;
        this.node = node;
        int record = engine.getSession().getPacketBufferSize();
        received = ByteBuffer.allocate(RECORDS * record).flip();
        sending = ByteBuffer.allocate(RECORDS * record).flip();
        plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .flip();
    }

    @Override
    public boolean prepare() throws IOException {
        try {
            if (!hasBegun) {
                hasBegun = true;
                engine.beginHandshake();
            }
            while (!isPrepared && !isComputing && send() && advance()) {
                // Each turn of it is one step of the handshake.
            }
            return isPrepared;
        } catch (SSLException e) {
            throw failed(e);
        }
    }

    /// One step of the handshake; answers whether there was one to be made.
    private boolean advance() throws IOException {
        return switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                isComputing = true;
                node.computing().execute(this::compute);
                yield false;
            }
            case NEED_WRAP -> {
                wrap(NOTHING);
                yield true;
            }
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap() || receiveGreeting();
            case NOT_HANDSHAKING, FINISHED -> {
                isPrepared = send();
                yield false;
            }
        };
    }

    /// What a task throws, the engine keeps for the next call of it.
    private void compute() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        isComputing = false;
        node.wake().run();
    }

    private boolean receiveGreeting() throws IOException {
        boolean isMore = receive();
        if (isEnded) {
            throw new MalformedException(
                    hasReceived
                            ? "it closed in the midst of the TLS handshake"
                            : "it closed without a TLS handshake: a node without the section tls does so");
        }
        return isMore;
    }

    @Override
    public Optional<NodeId> proven() {
        return Optional.of(new NodeId(node.tls().peer().apply(engine.getSession())));
    }

    @Override
    public void read(ByteBuffer into) throws IOException {
        int start = into.position();
        try {
            move(into);
            while (into.hasRemaining() && (unwrap() || receive())) {
                move(into);
            }
        } catch (SSLException e) {
            throw failed(e);
        }
        isDrained = into.hasRemaining();
        if (into.position() == start && (isEnded || engine.isInboundDone())) {
            throw new EOFException("closed by the peer");
        }
    }

    @Override
    public boolean hasMore() {
        return !isDrained;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        try {
            while (send() && from.hasRemaining()) {
                wrap(from);
            }
        } catch (SSLException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean isBlocked() {
        return sending.hasRemaining();
    }

    @Override
    public String silence() {
        return "it began no TLS handshake: a node without the section tls does so";
    }

    /// What went wrong is told to the other side, where the engine still has a word for it.
    @Override
    public void close() {
        if (hasBegun && !isComputing) {
            try {
                engine.closeOutbound();
                wrap(NOTHING);
                send();
            } catch (IOException e) {
                // The other side is gone or said so first: there is nobody to be told.
                isEnded = true;
            }
        }
        Sockets.close(socket);
    }

    private MalformedException failed(SSLException failure) {
        return new MalformedException(node.tls().sentence().apply(failure));
    }

    /// Deciphers one record; answers whether that brought anything.
    private boolean unwrap() throws IOException {
        plain.compact();
        SSLEngineResult result;
        try {
            result = engine.unwrap(received, plain);
        } finally {
            plain.flip();
        }
        if (isPrepared && engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
            wrap(NOTHING);
            send();
        }
        return result.bytesConsumed() > 0 || result.bytesProduced() > 0;
    }

    private boolean receive() throws IOException {
        received.compact();
        int count = socket.read(received);
        received.flip();
        isEnded |= count < 0;
        hasReceived |= count > 0;
        return count > 0;
    }

    private void wrap(ByteBuffer from) throws IOException {
        int record = engine.getSession().getPacketBufferSize();
        sending.compact();
        try {
            do {
                engine.wrap(from, sending);
            } while (from.hasRemaining() && sending.remaining() >= record && !engine.isOutboundDone());
        } finally {
            sending.flip();
        }
    }

    /// Answers whether the socket took everything.
    private boolean send() throws IOException {
        while (sending.hasRemaining() && socket.write(sending) > 0) {
            // Until it takes no more.
        }
        return !sending.hasRemaining();
    }

    private void move(ByteBuffer into) {
        int count = Math.min(plain.remaining(), into.remaining());
        into.put(into.position(), plain, plain.position(), count);
        into.position(into.position() + count);
        plain.position(plain.position() + count);
    }
}
