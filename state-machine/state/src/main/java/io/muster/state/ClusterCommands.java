package io.muster.state;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.CommandKind;
import io.muster.log.NodeId;
import java.util.List;
import java.util.TreeMap;

/// The bodies of the cluster's own commands as they stand in the log.
public final class ClusterCommands {
    public static final CommandKind<ClusterCommand> TICK =
            new CommandKind<>(0x0101, "cluster.tick", 1, 1, (_, _) -> new ClusterCommand.Tick());
    public static final CommandKind<ClusterCommand> CHECK_DIGEST =
            new CommandKind<>(0x0102, "cluster.check-digest", 1, 1, (body, _) -> readCheck(body));
    public static final CommandKind<ClusterCommand> RAISE_FEATURE_LEVEL = new CommandKind<>(
            0x0205, "cluster.raise-feature-level", 1, 1, (body, _) -> new ClusterCommand.RaiseFeatureLevel(body.u16()));

    /// All kinds of command that the cluster gives itself.
    public static final List<CommandKind<ClusterCommand>> KINDS = List.of(TICK, CHECK_DIGEST, RAISE_FEATURE_LEVEL);

    /// More than any name of a node takes.
    private static final int MAX_NODE_BYTES = 256;

    private ClusterCommands() {}

    static CommandKind<ClusterCommand> kind(ClusterCommand command) {
        return switch (command) {
            case ClusterCommand.Tick _ -> TICK;
            case ClusterCommand.CheckDigest _ -> CHECK_DIGEST;
            case ClusterCommand.RaiseFeatureLevel _ -> RAISE_FEATURE_LEVEL;
        };
    }

    static Bytes encode(ClusterCommand command) {
        return switch (command) {
            case ClusterCommand.Tick _ -> Bytes.EMPTY;
            case ClusterCommand.CheckDigest check -> encoded(check);
            case ClusterCommand.RaiseFeatureLevel(int level) ->
                Bytes.wrap(new BinaryWriter().u16(level).toBytes());
        };
    }

    /// Index · number of voters · number of digests · for each, the voter's id and its digest i64.
    private static Bytes encoded(ClusterCommand.CheckDigest check) {
        var writer = new BinaryWriter()
                .varint(check.index())
                .varint(check.voters())
                .varint(check.digests().size());
        check.digests().forEach((node, digest) -> writer.text(node.value()).i64(digest));
        return Bytes.wrap(writer.toBytes());
    }

    private static ClusterCommand readCheck(BinaryReader reader) {
        long index = reader.varint();
        int voters = reader.count(ClusterCommand.CheckDigest.MAX_VOTERS);
        int count = reader.count(ClusterCommand.CheckDigest.MAX_VOTERS);
        var digests = new TreeMap<NodeId, Long>();
        for (int i = 0; i < count; i++) {
            digests.put(new NodeId(reader.text(MAX_NODE_BYTES)), reader.i64());
        }
        try {
            return new ClusterCommand.CheckDigest(index, voters, digests);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }
}
