package io.muster.values;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.FrozenSection;
import io.muster.log.SectionReader;
import io.muster.log.SectionWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The value ledger as a section of a snapshot; two ledgers with equal bytes are equal.
///
/// @param values all keys with their values, by key
/// @param recent the last commands, oldest first
record ValueSection(List<Entry> values, List<RecentCommand> recent) implements FrozenSection {
    private static final int VERSION = 3;
    private static final int VALUES = 1;
    private static final int RECENT = 2;

    /// What stands under a key.
    private record Entry(String key, Value value) {}

    /// Copies references alone: a hundred thousand take a few milliseconds.
    static ValueSection of(ValueLedger ledger) {
        var values = new ArrayList<Entry>(ledger.values().size());
        for (var each : ledger.values().entrySet()) {
            values.add(new Entry(each.getKey(), each.getValue()));
        }
        return new ValueSection(values, ledger.recent());
    }

    @Override
    public void write(Consumer<Bytes> chunks) {
        new SectionWriter(VERSION, chunks)
                .part(VALUES, values, ValueSection::writeValue)
                .part(RECENT, recent, ValueSection::writeRecent)
                .end();
    }

    static void fill(ValueLedger ledger, Iterable<Bytes> chunks) {
        SectionReader.read(ledger.name(), VERSION, chunks, (part, reader) -> {
            switch (part) {
                case VALUES ->
                    ledger.restore(
                            reader.text(ValueLimits.MAX_KEY_BYTES),
                            new Value(reader.bytes(ValueLimits.MAX_VALUE_BYTES), reader.varint(), reader.varint()));
                case RECENT -> ledger.restore(readRecent(reader));
                default -> throw new MalformedException("values have no part " + part);
            }
        });
    }

    private static void writeValue(BinaryWriter writer, Entry entry) {
        Value value = entry.value();
        writer.text(entry.key()).blob(value.json()).varint(value.revision()).varint(value.micros());
    }

    private static void writeRecent(BinaryWriter writer, RecentCommand each) {
        writer.varint(each.term()).varint(each.index()).varint(each.micros());
        writer.u16(each.command().kind().number());
        ValueCommands.write(writer, each.command());
    }

    private static RecentCommand readRecent(BinaryReader reader) {
        return new RecentCommand(
                reader.varint(), reader.varint(), reader.varint(), ValueCommands.read(reader.u16(), reader));
    }
}
