package io.muster.log;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import java.util.function.Consumer;

/// A section of one record, which is written when it is frozen.
///
/// @param version the shape of the record
/// @param record it
public record OneRecord(int version, Bytes record) implements FrozenSection {
    /// The number of the only part.
    public static final int PART = 1;

    /// The record that `writer` holds.
    public static OneRecord of(int version, BinaryWriter writer) {
        return new OneRecord(version, Bytes.wrap(writer.toBytes()));
    }

    @Override
    public void write(Consumer<Bytes> chunks) {
        new SectionWriter(version, chunks)
                .single(PART, writer -> writer.raw(record.array()))
                .end();
    }
}
