package io.muster.raftruntime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What both directions of a link do with their socket.
final class Sockets {
    private static final Logger log = LoggerFactory.getLogger(Sockets.class);

    private Sockets() {}

    /// Writes a greeting, which a fresh connection takes whole; one that does not is not worth keeping.
    static void writeWhole(NodeChannel channel, ByteBuffer greeting) throws IOException {
        channel.write(greeting);
        if (greeting.hasRemaining() || channel.isBlocked()) {
            throw new IOException("a fresh connection did not take a greeting of " + greeting.limit() + " bytes");
        }
    }

    /// Closes `channel` where there is one. That a close failed is worth a line and nothing else: the other end is told
    /// by the operating system either way.
    static void close(@Nullable SocketChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            log.warn("close failed reason=\"{}\"", e.getMessage());
        }
    }
}
