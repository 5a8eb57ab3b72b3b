package io.muster.raftruntime;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;

/// Puts the parts of one long message together again. A connection carries one such message at a time.
final class Assembler {
    /// No message is longer: an append stops at a mebibyte, or holds one entry alone.
    static final int MAX_MESSAGE_BYTES = 16 << 20;

    private final BinaryWriter parts = new BinaryWriter();

    /// Takes a part that more parts follow.
    void add(Bytes part) {
        if (parts.size() + part.size() > MAX_MESSAGE_BYTES) {
            throw new MalformedException("a message in parts is over the limit of " + MAX_MESSAGE_BYTES + " bytes");
        }
        parts.raw(part.array());
    }

    /// Takes the last part and gives the whole.
    Bytes finish(Bytes lastPart) {
        add(lastPart);
        Bytes whole = Bytes.wrap(parts.toBytes());
        parts.clear();
        return whole;
    }
}
