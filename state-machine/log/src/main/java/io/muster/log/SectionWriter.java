package io.muster.log;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Writes a section of a snapshot chunk by chunk, so that no more than one chunk of it is in memory at
/// once.
///
/// A section consists of parts, in the order of their numbers; a part consists of records. A chunk is:
/// version u8 · part u8 · number of records i32 · the records · CRC-32C of all before it. A record that
/// is larger than a chunk is cut: each of its chunks but the last says [#UNFINISHED] in place of the
/// number of records. The last chunk is of the part [#END]; its only record is the number of chunks
/// before it.
public final class SectionWriter {
    /// No chunk is larger: it bounds what a reader has to trust before it has checked it.
    public static final int MAX_CHUNK_BYTES = 1 << 20;

    /// The highest number that a part can have.
    public static final int MAX_PART = 0xFE;

    static final int END = 0xFF;
    static final int UNFINISHED = -1;

    /// Version, part and number of records.
    static final int HEAD_BYTES = 2 + Integer.BYTES;

    /// Where the number of records stands.
    private static final int COUNT_AT = 2;

    private static final int MAX_BODY_BYTES = MAX_CHUNK_BYTES - HEAD_BYTES - Integer.BYTES;

    private final int version;
    private final Consumer<Bytes> chunks;
    private final BinaryWriter writer = new BinaryWriter(1 << 12);
    private int handedOver;

    /// @param version the shape of the records
    /// @param chunks takes the chunks in their order
    public SectionWriter(int version, Consumer<Bytes> chunks) {
        this.version = version;
        this.chunks = chunks;
    }

    /// Writes the only record of a part.
    public SectionWriter single(int part, Consumer<BinaryWriter> record) {
        return part(part, List.of(part), (to, _) -> record.accept(to));
    }

    /// Writes a part, which may be empty.
    public <T> SectionWriter part(int part, Iterable<? extends T> records, BiConsumer<BinaryWriter, ? super T> write) {
        begin(part);
        int count = 0;
        for (T record : records) {
            int before = writer.size();
            write.accept(writer, record);
            count++;
            if (writer.size() - HEAD_BYTES > MAX_BODY_BYTES) {
                breakOff(part, before, count - 1);
                count = 1;
            }
        }
        if (count > 0) {
            hand(count);
        }
        return this;
    }

    /// Says that nothing is missing. Nothing is written behind it.
    public void end() {
        int before = handedOver;
        single(END, to -> to.varint(before));
    }

    /// Closes the chunk in front of its last record, which goes into the next, or into several.
    private void breakOff(int part, int before, int countBefore) {
        byte[] all = writer.toBytes();
        if (countBefore > 0) {
            writer.truncate(before);
            hand(countBefore);
        }
        int at = before;
        while (all.length - at > MAX_BODY_BYTES) {
            begin(part);
            writer.raw(all, at, MAX_BODY_BYTES);
            hand(UNFINISHED);
            at += MAX_BODY_BYTES;
        }
        begin(part);
        writer.raw(all, at, all.length - at);
    }

    private void begin(int part) {
        writer.clear();
        writer.u8(version).u8(part).i32(0);
    }

    private void hand(int count) {
        writer.overwriteI32(COUNT_AT, count);
        writer.i32(writer.checksumFrom(0));
        chunks.accept(Bytes.wrap(writer.toBytes()));
        handedOver++;
    }
}
