package io.muster.values;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The value ledger as one section of a snapshot.
///
/// version u8 · feature level u16 · settings · values · recent commands · CRC-32C of all before it
public final class ValueSnapshot {
    private static final int VERSION = 1;

    private ValueSnapshot() {}

    /// All that the ledger holds; two ledgers with equal bytes are equal.
    public static Bytes encode(ValueLedger ledger) {
        var writer = new BinaryWriter(1 << 12);
        writer.u8(VERSION).u16(ledger.featureLevel());
        writer.varint(ledger.settings().size());
        ledger.settings().forEach((name, value) -> writer.text(name).text(value));
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
        writer.i32(writer.checksumFrom(0));
        return Bytes.wrap(writer.toBytes());
    }

    /// The ledger that was encoded; throws [MalformedException] where the section is damaged or of an unknown version.
    public static ValueLedger decode(Bytes section) {
        BinaryReader reader = open(section);
        var ledger = new ValueLedger();
        int level = reader.u16();
        Map<String, String> settings = new LinkedHashMap<>();
        int settingCount = reader.count(ValueLimits.MAX_SETTINGS);
        for (int i = 0; i < settingCount; i++) {
            settings.put(reader.text(ValueLimits.MAX_KEY_BYTES), reader.text(ValueLimits.MAX_SETTING_BYTES));
        }
        int valueCount = reader.count(ValueLimits.MAX_KEYS);
        for (int i = 0; i < valueCount; i++) {
            ledger.restore(
                    reader.text(ValueLimits.MAX_KEY_BYTES),
                    new Value(reader.bytes(ValueLimits.MAX_VALUE_BYTES), reader.varint(), reader.varint()));
        }
        ledger.restore(settings, level, readRecent(reader));
        reader.end();
        return ledger;
    }

    private static BinaryReader open(Bytes section) {
        byte[] bytes = section.array();
        int end = bytes.length - Integer.BYTES;
        if (end < 1 || BinaryReader.over(bytes, end, Integer.BYTES).i32() != Checksum.of(bytes, 0, end)) {
            throw new MalformedException("a section of " + bytes.length + " bytes does not match its checksum");
        }
        var reader = BinaryReader.over(bytes, 0, end);
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException("a section of values of version " + version + " is not known here");
        }
        return reader;
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
