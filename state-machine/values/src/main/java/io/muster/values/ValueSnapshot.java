package io.muster.values;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.Bytes;
import io.muster.log.SingleChunk;
import java.util.ArrayList;
import java.util.List;

/// The value ledger as one section of a snapshot: values · recent commands, in a [SingleChunk].
final class ValueSnapshot {
    private static final int VERSION = 2;

    private ValueSnapshot() {}

    /// All that the ledger holds; two ledgers with equal bytes are equal.
    static Bytes encode(ValueLedger ledger) {
        var writer = SingleChunk.begin(VERSION);
        writer.varint(ledger.values().size());
        ledger.values()
                .forEach((key, value) -> writer.text(key)
                        .blob(value.json())
                        .varint(value.revision())
                        .varint(value.micros()));
        List<RecentCommand> recent = ledger.recent();
        writer.varint(recent.size());
        for (RecentCommand each : recent) {
            writer.varint(each.term()).varint(each.index()).varint(each.micros());
            writer.u16(each.command().kind().number());
            ValueCommands.write(writer, each.command());
        }
        return SingleChunk.end(writer);
    }

    static void fill(ValueLedger ledger, Iterable<Bytes> chunks) {
        BinaryReader reader = SingleChunk.open(ledger.name(), VERSION, chunks);
        int valueCount = reader.count(ValueLimits.MAX_KEYS);
        for (int i = 0; i < valueCount; i++) {
            ledger.restore(
                    reader.text(ValueLimits.MAX_KEY_BYTES),
                    new Value(reader.bytes(ValueLimits.MAX_VALUE_BYTES), reader.varint(), reader.varint()));
        }
        ledger.restore(readRecent(reader));
        reader.end();
    }

    private static List<RecentCommand> readRecent(BinaryReader reader) {
        int count = reader.count(ValueLimits.MAX_RECENT);
        var recent = new ArrayList<RecentCommand>(count);
        for (int i = 0; i < count; i++) {
            recent.add(new RecentCommand(
                    reader.varint(), reader.varint(), reader.varint(), ValueCommands.read(reader.u16(), reader)));
        }
        return recent;
    }
}
