package io.muster.raftruntime;

import io.muster.log.NodeId;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// A connection whose bytes travel as they are.
record PlainChannel(SocketChannel socket) implements NodeChannel {
    @Override
    public boolean prepare() {
        return true;
    }

    @Override
    public Optional<NodeId> proven() {
        return Optional.empty();
    }

    @Override
    public void read(ByteBuffer into) throws IOException {
        if (socket.read(into) < 0) {
            throw new EOFException("closed by the peer");
        }
    }

    @Override
    public boolean hasMore() {
        return false;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        socket.write(from);
    }

    @Override
    public boolean isBlocked() {
        return false;
    }

    @Override
    public String silence() {
        return "a node that speaks TLS gives none to one that does not: give the section tls to all nodes or to none";
    }

    @Override
    public void close() {
        Sockets.close(socket);
    }
}
