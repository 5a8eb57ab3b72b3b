package io.muster.state;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;

/// The commands that the cluster gives itself; a leader's duties propose them.
public sealed interface ClusterCommand {
    /// Kind of [Tick] in the envelope.
    int TICK = 0x0101;

    /// Kind of [CheckDigest] in the envelope.
    int CHECK_DIGEST = 0x0102;

    /// The version written for both.
    int VERSION = 1;

    /// Nothing but the passing of time: an idle cluster still has retries that fall due.
    record Tick() implements ClusterCommand {}

    /// The leader's digest after the entry at `index`; a node that found another one stops.
    record CheckDigest(long index, long digest) implements ClusterCommand {}

    /// The kind of `command` in the envelope.
    static int kind(ClusterCommand command) {
        return switch (command) {
            case Tick _ -> TICK;
            case CheckDigest _ -> CHECK_DIGEST;
        };
    }

    /// The body of `command`.
    static Bytes encode(ClusterCommand command) {
        return switch (command) {
            case Tick _ -> Bytes.EMPTY;
            case CheckDigest(var index, var digest) ->
                Bytes.wrap(new BinaryWriter().varint(index).i64(digest).toBytes());
        };
    }

    /// Reads a body back.
    static ClusterCommand decode(int kind, Bytes body) {
        var reader = BinaryReader.over(body.array());
        ClusterCommand command = switch (kind) {
            case TICK -> new Tick();
            case CHECK_DIGEST -> new CheckDigest(reader.varint(), reader.i64());
            default -> throw new MalformedException("no cluster command has kind " + kind);
        };
        reader.end();
        return command;
    }
}
