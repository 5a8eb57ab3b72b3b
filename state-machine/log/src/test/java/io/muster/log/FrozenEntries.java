package io.muster.log;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// What a [RecordingApplier] knew once, a chunk for each entry.
record FrozenEntries(List<RecordingApplier.Entry> entries, long lastIndex, long lastTerm, LogTime lastTime)
        implements FrozenState {
    private static final String SECTION = "entries";
    private static final int MAX_TEXT_BYTES = 1 << 20;

    @Override
    public void write(BiConsumer<String, Bytes> sections) {
        for (RecordingApplier.Entry entry : entries) {
            byte[] chunk = new BinaryWriter()
                    .i64(entry.index())
                    .i64(entry.term())
                    .i64(entry.micros())
                    .text(entry.command())
                    .toBytes();
            sections.accept(SECTION, Bytes.wrap(chunk));
        }
    }

    static List<RecordingApplier.Entry> read(SnapshotReader snapshot) {
        var entries = new ArrayList<RecordingApplier.Entry>();
        for (Bytes chunk : snapshot.section(SECTION)) {
            var reader = BinaryReader.over(chunk.array());
            entries.add(
                    new RecordingApplier.Entry(reader.i64(), reader.i64(), reader.i64(), reader.text(MAX_TEXT_BYTES)));
        }
        return entries;
    }

    @Override
    public void close() {
        // It holds nothing that must be let go.
    }
}
