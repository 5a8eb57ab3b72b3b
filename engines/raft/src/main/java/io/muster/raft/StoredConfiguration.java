package io.muster.raft;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Invariant;
import io.muster.encoding.MalformedException;

/// A configuration and the index from which on it is in force (T46).
///
/// A snapshot keeps the one that was in force at its end, since the log that held it is gone (T29).
/// Encoded as: version u8 · index i64 · the configuration.
///
/// @param index where it stood in the log; 0 for the one that no log ever held
public record StoredConfiguration(long index, Configuration configuration) {
    /// Before the first configuration nobody takes part.
    public static final StoredConfiguration NONE = new StoredConfiguration(0, Configuration.NONE);

    private static final int VERSION = 1;

    public StoredConfiguration {
        Invariant.check(index >= 0, "an index is never negative");
    }

    /// The encoded form, as it stands in a snapshot and beside a log that begins behind one.
    public Bytes encode() {
        var writer = new BinaryWriter().u8(VERSION).i64(index);
        return Bytes.wrap(writer.raw(configuration.encode().array()).toBytes());
    }

    /// Reads back what [#encode] wrote; throws [MalformedException] otherwise.
    public static StoredConfiguration decode(Bytes encoded) {
        var reader = BinaryReader.over(encoded.array());
        int version = reader.u8();
        long index = reader.i64();
        if (version != VERSION || index < 0) {
            throw new MalformedException(
                    "a stored configuration of version " + version + " at " + index + " is not known here");
        }
        return new StoredConfiguration(index, Configuration.decode(Bytes.wrap(reader.raw(reader.remaining()))));
    }
}
