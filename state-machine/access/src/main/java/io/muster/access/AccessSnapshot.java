package io.muster.access;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.Bytes;
import io.muster.log.SingleChunk;
import java.util.ArrayList;
import java.util.List;

/// The access ledger as one section of a snapshot.
///
/// keys · hash before the first kept decision · decisions, in a [SingleChunk]
final class AccessSnapshot {
    private static final int VERSION = 1;

    private AccessSnapshot() {}

    /// All that the ledger holds; two ledgers with equal bytes are equal.
    static Bytes encode(AccessLedger ledger) {
        var writer = SingleChunk.begin(VERSION);
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
        return SingleChunk.end(writer);
    }

    static void fill(AccessLedger ledger, Iterable<Bytes> chunks) {
        BinaryReader reader = SingleChunk.open(ledger.name(), VERSION, chunks);
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
        ledger.restore(keys, chain);
    }
}
