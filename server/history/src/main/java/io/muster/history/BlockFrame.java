package io.muster.history;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;
import io.muster.jobs.HistoryBlock;
import io.muster.jobs.JobId;
import io.muster.jobs.JobLimits;

/// A block as it is stored and sent: version byte 1 · number · first and last index · lowest and highest job ·
/// count · checksum of the body · body with its length in front · CRC-32C of everything before.
public final class BlockFrame {
    /// The media type under which nodes send it to each other.
    public static final String MEDIA_TYPE = "application/vnd.muster.history-block";

    /// A block is closed by the job that takes it over its limit, so it holds at most that limit and one job more.
    private static final int MAX_BODY_BYTES =
            JobLimits.MAX_BLOCK_BYTES + JobLimits.MAX_PAYLOAD_BYTES + JobLimits.MAX_RESULT_BYTES + (64 << 10);

    /// No frame is longer than this.
    public static final int MAX_BYTES = MAX_BODY_BYTES + 256;

    private static final int VERSION = 1;

    private BlockFrame() {}

    /// The block as it is stored and sent to other nodes.
    public static Bytes encode(HistoryBlock block) {
        var writer = new BinaryWriter(block.body().size() + 64)
                .u8(VERSION)
                .varint(block.number())
                .varint(block.firstIndex())
                .varint(block.lastIndex())
                .i64(block.lowest().value())
                .i64(block.highest().value())
                .varint(block.count())
                .i32(block.checksum())
                .blob(block.body());
        return Bytes.wrap(writer.i32(writer.checksumFrom(0)).toBytes());
    }

    /// Reads a frame back; throws [MalformedException] unless all of it is what was written.
    public static HistoryBlock decode(Bytes frame) {
        byte[] bytes = frame.array();
        int end = bytes.length - Integer.BYTES;
        if (end < 1
                || Checksum.of(bytes, 0, end)
                        != BinaryReader.over(bytes, end, Integer.BYTES).i32()) {
            throw new MalformedException("a history block of " + bytes.length + " bytes does not match its checksum");
        }
        var reader = BinaryReader.over(bytes, 0, end);
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException("history block version " + version + " is not known here, only " + VERSION);
        }
        return readFields(reader);
    }

    private static HistoryBlock readFields(BinaryReader reader) {
        long number = reader.varint();
        long firstIndex = reader.varint();
        long lastIndex = reader.varint();
        var lowest = new JobId(reader.i64());
        var highest = new JobId(reader.i64());
        int count = reader.count(JobLimits.MAX_BLOCK_JOBS);
        int checksum = reader.i32();
        Bytes body = reader.bytes(MAX_BODY_BYTES);
        reader.end();
        return new HistoryBlock(number, firstIndex, lastIndex, lowest, highest, count, body, checksum);
    }
}
