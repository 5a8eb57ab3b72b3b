package io.muster.raftruntime;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Takes frames out of what a socket delivers.
final class FrameInput {
    /// Room for several frames, so that one read of a busy connection brings more than one.
    private static final int BUFFER_BYTES = 4 * Frame.MAX_BYTES;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();

    /// Reads what the channel has, without waiting; throws [java.io.EOFException] where the peer has closed it.
    void fill(NodeChannel channel) throws IOException {
        buffer.compact();
        try {
            channel.read(buffer);
        } finally {
            buffer.flip();
        }
    }

    /// The next whole frame, or null where the rest of it is still to come.
    @Nullable Frame next() {
        return Frame.read(buffer);
    }
}
