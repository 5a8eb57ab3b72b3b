package io.muster.raftruntime;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// Takes frames out of what a socket delivers.
final class FrameInput {
    /// Room for several frames, so that one read of a busy connection brings more than one.
    private static final int BUFFER_BYTES = 4 * Frame.MAX_BYTES;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();

    /// Reads what the socket has, without waiting; throws [EOFException] where the peer has closed it.
    void fill(SocketChannel channel) throws IOException {
        buffer.compact();
        int count = channel.read(buffer);
        buffer.flip();
        if (count < 0) {
            throw new EOFException("closed by the peer");
        }
    }

    /// The next whole frame, or null where the rest of it is still to come.
    @Nullable Frame next() {
        return Frame.read(buffer);
    }
}
