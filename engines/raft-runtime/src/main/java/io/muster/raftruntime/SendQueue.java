package io.muster.raftruntime;

import io.muster.raft.Message;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// What waits to be written to one peer, in two queues: appends with batches, and everything else, which overtakes
/// them at every frame. So a long append delays a heartbeat or a vote by one frame, not by its own length.
final class SendQueue {
    /// Appends beyond this are dropped, newest first: what stays is a run the peer can use, and the core sends the rest
    /// again. It is four times what the core keeps in flight to one peer.
    static final int MAX_BULK_BYTES = 32 << 20;

    /// Votes, heartbeats and acknowledgements are small and soon outdated; more than this means that nothing gets out.
    static final int MAX_URGENT = 4_096;

    private final Queue<Message> urgent = new ArrayDeque<>();
    private final Queue<Message> bulk = new ArrayDeque<>();
    private long bulkBytes;
    private @Nullable ByteBuffer rest;

    /// Takes a message, or drops it where its queue is full.
    void add(Message message) {
        long size = MessageCodec.bulkBytes(message);
        if (size == 0) {
            if (urgent.size() < MAX_URGENT) {
                urgent.add(message);
            }
            return;
        }
        if (bulkBytes + size <= MAX_BULK_BYTES) {
            bulk.add(message);
            bulkBytes += size;
        }
    }

    boolean isEmpty() {
        return urgent.isEmpty() && bulk.isEmpty() && rest == null;
    }

    /// Writes frames to `out` until it has no room for a whole one or nothing is left.
    void drainTo(ByteBuffer out, Frame.Sender sender, long wallMicros) {
        while (out.remaining() >= Frame.MAX_BYTES) {
            Message first = urgent.poll();
            if (first != null) {
                Frame.write(out, FrameType.MESSAGE, sender, wallMicros, ByteBuffer.wrap(MessageCodec.encode(first)));
                continue;
            }
            if (rest == null && !nextBulk()) {
                return;
            }
            writePart(out, sender, wallMicros);
        }
    }

    /// Forgets everything: the connection is gone, and what was meant for it is outdated when the next one opens.
    void clear() {
        urgent.clear();
        bulk.clear();
        bulkBytes = 0;
        rest = null;
    }

    private boolean nextBulk() {
        Message next = bulk.poll();
        if (next == null) {
            return false;
        }
        bulkBytes -= MessageCodec.bulkBytes(next);
        rest = ByteBuffer.wrap(MessageCodec.encode(next));
        return true;
    }

    private void writePart(ByteBuffer out, Frame.Sender sender, long wallMicros) {
        ByteBuffer message = Objects.requireNonNull(rest, "called with a message");
        if (message.remaining() <= Frame.MAX_PAYLOAD) {
            var type = message.position() == 0 ? FrameType.MESSAGE : FrameType.LAST_PART;
            Frame.write(out, type, sender, wallMicros, message);
            rest = null;
            return;
        }
        ByteBuffer part = message.slice(message.position(), Frame.MAX_PAYLOAD);
        message.position(message.position() + Frame.MAX_PAYLOAD);
        Frame.write(out, FrameType.PART, sender, wallMicros, part);
    }
}
