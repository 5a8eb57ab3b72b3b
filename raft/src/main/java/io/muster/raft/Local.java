package io.muster.raft;

import io.muster.encoding.Bytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// This node as it shows itself to others, and the checks that every frame of theirs must pass.
///
/// @param sender what stands in each of our frames
/// @param hello what we say when a connection opens
record Local(Frame.Sender sender, Hello hello) {
    /// Why `frame` is not for us, or null where it is.
    @Nullable String objectionTo(Frame frame) {
        if (!frame.cluster().equals(sender.cluster())) {
            return "cluster " + frame.cluster() + " is not this node's cluster " + sender.cluster();
        }
        if (frame.group() != sender.group()) {
            return "group " + frame.group() + " is not known here, only " + sender.group();
        }
        return null;
    }

    /// A whole frame of ours, ready to be written.
    ByteBuffer frame(FrameType type, Bytes payload, long wallMicros) {
        ByteBuffer out = ByteBuffer.allocate(Frame.OVERHEAD + payload.size());
        Frame.write(out, type, sender, wallMicros, ByteBuffer.wrap(payload.array()));
        return out.flip();
    }
}
