package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.ClusterId;
import io.muster.log.LogTime;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import io.muster.raft.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which message leaves first, and which not at all.
final class SendQueueTest {
    private static final Frame.Sender SENDER = new Frame.Sender(0, new ClusterId(1, 2), 1);
    private static final Message BEAT = new Message.Heartbeat(1, 1, 0);

    private final SendQueue queue = new SendQueue();

    private static Message append(long index, int bytes) {
        Batch batch = Batch.seal(
                new Batch.Head(index, 1, 1, BatchKind.COMMANDS, new LogTime(1, 1)), Bytes.wrap(new byte[bytes]));
        return new Message.Append(1, 1, index - 1, 1, List.of(batch), 0);
    }

    /// Takes the frames of one buffer that has room for `frames` whole ones.
    private List<Frame> drain(int frames) {
        ByteBuffer out = ByteBuffer.allocate(frames * Frame.MAX_BYTES);
        queue.drainTo(out, SENDER, 0);
        out.flip();
        var taken = new ArrayList<Frame>();
        for (Frame frame = Frame.read(out); frame != null; frame = Frame.read(out)) {
            taken.add(frame);
        }
        return taken;
    }

    @Test
    void a_heartbeat_overtakes_the_appends_that_wait() {
        queue.add(append(1, 100));
        queue.add(append(2, 100));

        queue.add(BEAT);

        assertThat(drain(4).getFirst().payload().array()).isEqualTo(MessageCodec.encode(BEAT));
    }

    @Test
    void a_heartbeat_comes_in_between_the_parts_of_a_long_append() {
        Message large = append(1, 600 * 1024);
        queue.add(large);
        var first = drain(1);

        queue.add(BEAT);
        var rest = drain(4);

        assertThat(first).extracting(Frame::type).containsExactly(FrameType.PART);
        assertThat(rest)
                .extracting(Frame::type)
                .containsExactly(FrameType.MESSAGE, FrameType.PART, FrameType.LAST_PART);
        var assembler = new Assembler();
        assembler.add(first.getFirst().payload());
        assembler.add(rest.get(1).payload());
        assertThat(MessageCodec.decode(assembler.finish(rest.get(2).payload()))).isEqualTo(large);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void a_full_queue_drops_the_newest_appends_and_keeps_a_run_the_peer_can_use() {
        int size = 4 << 20;
        int fitting = SendQueue.MAX_BULK_BYTES / (size + Batch.OVERHEAD_BYTES);
        for (int index = 1; index <= fitting + 3; index++) {
            queue.add(append(index, size));
        }

        var assembler = new Assembler();
        long last = 0;
        for (Frame frame : drain(200)) {
            if (frame.type() == FrameType.PART) {
                assembler.add(frame.payload());
                continue;
            }
            var message = (Message.Append) MessageCodec.decode(assembler.finish(frame.payload()));
            assertThat(message.lastIndex()).isEqualTo(++last);
        }
        assertThat(last).isEqualTo(fitting);
    }

    @Test
    void urgent_messages_have_a_limit_too() {
        for (int i = 0; i < SendQueue.MAX_URGENT + 10; i++) {
            queue.add(BEAT);
        }

        assertThat(drain(8)).hasSize(SendQueue.MAX_URGENT);
    }
}
