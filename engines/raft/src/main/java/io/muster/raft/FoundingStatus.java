package io.muster.raft;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far a voter has come on its way into a cluster, as it tells the others; see [Founding].
///
/// @param identity who it is
/// @param founders whom it has bound itself to found the cluster with, itself among them; empty until it has, and
///     for good where others had founded it before
/// @param isFounded whether it has a log
public record FoundingStatus(VoterId identity, SortedMap<NodeId, VoterId> founders, boolean isFounded) {
    private static final int MAX_ID_BYTES = 63;

    public FoundingStatus {
        founders = Collections.unmodifiableSortedMap(new TreeMap<>(founders));
    }

    /// Somebody whose folder was just begun.
    public static FoundingStatus fresh(VoterId identity) {
        return new FoundingStatus(identity, Collections.emptySortedMap(), false);
    }

    /// Somebody who has come to a cluster that others had founded, and has a log, which may be empty.
    public static FoundingStatus joined(VoterId identity) {
        return new FoundingStatus(identity, Collections.emptySortedMap(), true);
    }

    /// Whether it has bound itself.
    public boolean isBound() {
        return !founders.isEmpty();
    }

    /// Whether who comes as `node` with `shown` is another than the one this voter is bound to under that name.
    /// Its folder was lost, emptied or exchanged, and with it what it voted and acknowledged.
    public boolean rejects(NodeId node, VoterId shown) {
        return isBound() && !shown.equals(founders.get(node));
    }

    /// Appends it in the encoded form.
    public void write(BinaryWriter writer) {
        writer.i64(identity.high()).i64(identity.low()).flag(isFounded).varint(founders.size());
        founders.forEach(
                (node, founder) -> writer.text(node.value()).i64(founder.high()).i64(founder.low()));
    }

    /// Reads back what [#write] wrote; throws [MalformedException] otherwise.
    public static FoundingStatus read(BinaryReader reader) {
        var identity = new VoterId(reader.i64(), reader.i64());
        boolean isFounded = reader.flag();
        int count = reader.count(Configuration.MAX_MEMBERS);
        var founders = new TreeMap<NodeId, VoterId>();
        try {
            for (int i = 0; i < count; i++) {
                founders.put(new NodeId(reader.text(MAX_ID_BYTES)), new VoterId(reader.i64(), reader.i64()));
            }
            return new FoundingStatus(identity, founders, isFounded);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a founding status that cannot be: " + e.getMessage());
        }
    }
}
