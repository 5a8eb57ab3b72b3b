package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.ClusterId;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The unit on a connection between two nodes.
///
/// ```
///   length i32 │ version u8 │ type u8 │ group u8 │ cluster 16 │ incarnation i64 │ wall micros i64 │ payload │ crc i32
///   └ of all that follows                                       CRC-32C of everything between length and itself ┘
/// ```
///
/// No frame is longer than [#MAX_BYTES]: a heartbeat waits for one frame of an append at most, never for a whole one.
/// Cluster and incarnation stand in every frame, so that no frame is believed by the wrong cluster or from a process
/// that has been replaced.
///
/// @param type what the payload is
/// @param group which replicated log it is for; there is one for now, 0
/// @param cluster the sender's cluster
/// @param incarnation how often the sender has been started on its data folder
/// @param wallMicros the sender's wall clock when it wrote the frame
/// @param payload the content
record Frame(FrameType type, int group, ClusterId cluster, long incarnation, long wallMicros, Bytes payload) {
    /// The longest frame with its length field.
    static final int MAX_BYTES = 256 * 1024;

    /// The bytes of a frame that are not payload.
    static final int OVERHEAD = 4 + 1 + 1 + 1 + 16 + 8 + 8 + 4;

    /// The longest payload of one frame.
    static final int MAX_PAYLOAD = MAX_BYTES - OVERHEAD;

    private static final int VERSION = 1;
    private static final int LENGTH_FIELD = Integer.BYTES;

    /// How a record of TLS begins (RFC 8446, 5.1), which is no length of a frame: what it carries, and the version 3.
    private static final int TLS_ALERT = 0x1503;

    private static final int TLS_HANDSHAKE = 0x1603;
    private static final int TLS_SHIFT = 16;

    private static final int SHORTEST = OVERHEAD - LENGTH_FIELD;

    /// What the frames of one sender have in common.
    ///
    /// @param group which replicated log
    /// @param cluster the sender's cluster
    /// @param incarnation how often the sender has been started
    record Sender(int group, ClusterId cluster, long incarnation) {}

    /// Appends a frame whose payload is what stands in `payload` to `out`, which must have room for it.
    static void write(ByteBuffer out, FrameType type, Sender sender, long wallMicros, ByteBuffer payload) {
        int start = out.position();
        out.putInt(OVERHEAD - LENGTH_FIELD + payload.remaining());
        out.put((byte) VERSION);
        out.put((byte) type.code());
        out.put((byte) sender.group());
        out.putLong(sender.cluster().high());
        out.putLong(sender.cluster().low());
        out.putLong(sender.incarnation());
        out.putLong(wallMicros);
        out.put(payload);
        int from = start + LENGTH_FIELD;
        out.putInt(checksum(out, from, out.position() - from));
    }

    /// Takes the next whole frame from `in`; null, and nothing taken, while it is not complete yet.
    static @Nullable Frame read(ByteBuffer in) {
        if (in.remaining() < LENGTH_FIELD) {
            return null;
        }
        int start = in.position();
        int length = in.getInt(start);
        if (length >>> TLS_SHIFT == TLS_ALERT || length >>> TLS_SHIFT == TLS_HANDSHAKE) {
            throw new MalformedException(
                    "it speaks TLS and this node's port does not: give the section tls to all " + "nodes or to none");
        }
        if (length < SHORTEST || length > MAX_BYTES - LENGTH_FIELD) {
            throw new MalformedException("a frame of " + length + " bytes is not between " + SHORTEST + " and "
                    + (MAX_BYTES - LENGTH_FIELD));
        }
        if (in.remaining() < LENGTH_FIELD + length) {
            return null;
        }
        int from = start + LENGTH_FIELD;
        int checksumAt = from + length - Integer.BYTES;
        if (in.getInt(checksumAt) != checksum(in, from, checksumAt - from)) {
            throw new MalformedException("the checksum of a frame of " + length + " bytes does not match");
        }
        in.position(from);
        int version = in.get() & 0xFF;
        if (version != VERSION) {
            throw new MalformedException("frame version " + version + " is not known here, only " + VERSION);
        }
        var type = FrameType.of(in.get() & 0xFF);
        int group = in.get() & 0xFF;
        var cluster = new ClusterId(in.getLong(), in.getLong());
        long incarnation = in.getLong();
        long wallMicros = in.getLong();
        byte[] payload = new byte[checksumAt - in.position()];
        in.get(payload);
        in.position(checksumAt + Integer.BYTES);
        return new Frame(type, group, cluster, incarnation, wallMicros, Bytes.wrap(payload));
    }

    private static int checksum(ByteBuffer buffer, int from, int length) {
        var crc = new CRC32C();
        crc.update(buffer.array(), buffer.arrayOffset() + from, length);
        return (int) crc.getValue();
    }
}
