package io.muster.state;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.NodeId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /// What the voters found as the digest of their state after the entry at `index`. A node that found another one
    /// than a majority of the voters stops, the leader too; without a majority nobody is known to be wrong.
    ///
    /// Stored as: index · number of voters · number of digests · for each, the voter's id and its digest i64.
    ///
    /// @param voters how many vote, whether or not they have told their digest
    /// @param digests what those voters found that have told it, at most [#MAX_VOTERS]
    record CheckDigest(long index, int voters, SortedMap<NodeId, Long> digests) implements ClusterCommand {
        /// Far more voters than any cluster has.
        public static final int MAX_VOTERS = 64;

        /// More than any name of a node takes.
        private static final int MAX_NODE_BYTES = 256;

        public CheckDigest {
            digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
            if (voters < 1 || voters > MAX_VOTERS || digests.size() > voters) {
                throw new IllegalArgumentException(
                        digests.size() + " digests of " + voters + " voters: there are 1 to " + MAX_VOTERS + " voters");
            }
        }

        /// The digest that a majority of the voters found.
        public Optional<Long> agreed() {
            var counts = new HashMap<Long, Integer>();
            for (long digest : digests.values()) {
                if (counts.merge(digest, 1, Integer::sum) * 2 > voters) {
                    return Optional.of(digest);
                }
            }
            return Optional.empty();
        }

        private static CheckDigest read(BinaryReader reader) {
            long index = reader.varint();
            int voters = reader.count(MAX_VOTERS);
            int count = reader.count(MAX_VOTERS);
            var digests = new TreeMap<NodeId, Long>();
            for (int i = 0; i < count; i++) {
                digests.put(new NodeId(reader.text(MAX_NODE_BYTES)), reader.i64());
            }
            try {
                return new CheckDigest(index, voters, digests);
            } catch (IllegalArgumentException e) {
                throw new MalformedException(String.valueOf(e.getMessage()));
            }
        }

        private Bytes encoded() {
            var writer = new BinaryWriter().varint(index).varint(voters).varint(digests.size());
            digests.forEach((node, digest) -> writer.text(node.value()).i64(digest));
            return Bytes.wrap(writer.toBytes());
        }
    }

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
            case CheckDigest check -> check.encoded();
        };
    }

    /// Reads a body back.
    static ClusterCommand decode(int kind, Bytes body) {
        var reader = BinaryReader.over(body.array());
        ClusterCommand command = switch (kind) {
            case TICK -> new Tick();
            case CHECK_DIGEST -> CheckDigest.read(reader);
            default -> throw new MalformedException("no cluster command has kind " + kind);
        };
        reader.end();
        return command;
    }
}
