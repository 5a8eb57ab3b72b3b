package io.muster.access;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// The access ledger as one section of a snapshot.
///
/// version u8 · keys · hash before the first kept decision · decisions · CRC-32C of all before it
public final class AccessSnapshot {
    private static final int VERSION = 1;

    private AccessSnapshot() {}

    /// All that the ledger holds; two ledgers with equal bytes are equal.
    public static Bytes encode(AccessLedger ledger) {
        var writer = new BinaryWriter(1 << 12);
        writer.u8(VERSION);
        writer.varint(ledger.keys().size());
        for (KeyView view : ledger.keys()) {
            AccessCommands.writeKey(writer, view.key());
            writer.varint(view.createdMicros()).flag(view.isUsable());
        }
        writer.raw(ledger.chainStart().array());
        List<Decision> decisions = ledger.decisions();
        writer.varint(decisions.size());
        for (Decision decision : decisions) {
            writer.varint(decision.number()).varint(decision.index()).varint(decision.micros());
            AccessCommands.writeAct(writer, decision.act());
            writer.raw(decision.hash().array());
        }
        writer.i32(writer.checksumFrom(0));
        return Bytes.wrap(writer.toBytes());
    }

    /// The ledger that was encoded; throws [MalformedException] where the section is damaged or of an unknown version.
    public static AccessLedger decode(Bytes section) {
        BinaryReader reader = open(section);
        int keyCount = reader.count(AccessLimits.MAX_KEYS);
        var keys = new ArrayList<KeyView>(keyCount);
        for (int i = 0; i < keyCount; i++) {
            keys.add(new KeyView(
                    AccessCommands.readKey(reader),
                    reader.varint(),
                    reader.flag() ? KeyView.Status.USABLE : KeyView.Status.REVOKED));
        }
        var chain = new DecisionChain(Bytes.wrap(reader.raw(AccessLimits.HASH_BYTES)), 1);
        int decisionCount = reader.count(AccessLimits.MAX_DECISIONS);
        for (int i = 0; i < decisionCount; i++) {
            chain.append(new Decision(
                    reader.varint(),
                    reader.varint(),
                    reader.varint(),
                    AccessCommands.readAct(reader),
                    Bytes.wrap(reader.raw(AccessLimits.HASH_BYTES))));
        }
        reader.end();
        var ledger = new AccessLedger();
        ledger.restore(keys, chain);
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
            throw new MalformedException("a section of access of version " + version + " is not known here");
        }
        return reader;
    }
}
