package io.muster.log;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;

/// The section of a ledger that is small enough to be written in one chunk:
/// version u8 · what the ledger writes · CRC-32C of all before it.
public final class SingleChunk {
    private SingleChunk() {}

    /// Begins a section of `version`.
    public static BinaryWriter begin(int version) {
        return new BinaryWriter(1 << 12).u8(version);
    }

    /// The section, whole.
    public static Bytes end(BinaryWriter writer) {
        writer.i32(writer.checksumFrom(0));
        return Bytes.wrap(writer.toBytes());
    }

    /// Reads the only chunk of `ledger`, behind its version. Throws [MalformedException] where there is
    /// none or more than one, and where it is damaged or of another version.
    public static BinaryReader open(String ledger, int version, Iterable<Bytes> chunks) {
        var each = chunks.iterator();
        if (!each.hasNext()) {
            throw new MalformedException("the section of " + ledger + " is missing");
        }
        byte[] bytes = each.next().array();
        int end = bytes.length - Integer.BYTES;
        boolean isWhole =
                end >= 1 && BinaryReader.over(bytes, end, Integer.BYTES).i32() == Checksum.of(bytes, 0, end);
        if (each.hasNext() || !isWhole) {
            throw new MalformedException("the section of " + ledger + " does not match its checksum");
        }
        var reader = BinaryReader.over(bytes, 0, end);
        int found = reader.u8();
        if (found != version) {
            throw new MalformedException("a section of " + ledger + " of version " + found + " is not known here");
        }
        return reader;
    }
}
