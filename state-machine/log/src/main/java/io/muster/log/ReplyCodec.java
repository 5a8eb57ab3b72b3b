package io.muster.log;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;

/// The stored form of a ledger's replies, for those that are kept under an idempotency key: a number
/// for each type of reply, which never changes its meaning, and what it says. A reply of another shape
/// takes a new number.
public interface ReplyCodec {
    /// Appends a reply of the ledger.
    void write(BinaryWriter writer, Reply reply);

    /// Reads one back. Throws [io.muster.encoding.MalformedException] for a number that is not known
    /// here.
    Reply read(BinaryReader reader);
}
