package io.muster.raftruntime;

import io.muster.log.Applier;
import io.muster.log.ClusterId;
import io.muster.log.Engine;
import io.muster.log.EngineCluster;
import io.muster.log.FreePorts;
import io.muster.log.Guarantees;
import io.muster.log.NodeId;
import io.muster.raft.RaftConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Clusters of real engines over TCP on loopback, each node with a log of its own in a folder of the test.
public final class RaftClusters {
    /// What a Raft engine declares.
    public static final Guarantees GUARANTEES = new Guarantees(
            "raft",
            Guarantees.Durability.MAJORITY_SYNCED,
            Guarantees.ReadConsistency.LINEARIZABLE,
            Guarantees.LineageChange.NEVER);

    static final ClusterId CLUSTER = new ClusterId(0xC1, 0x57E2);

    static final ClusterSecret SECRET = new ClusterSecret(new byte[ClusterSecret.MIN_BYTES]);

    private final Path folder;
    private final SortedMap<NodeId, InetSocketAddress> addresses;
    private long snapshotLogBytes = RaftSettings.NO_SNAPSHOTS;

    /// @param folder where the nodes' folders are made
    /// @param size how many nodes vote
    public RaftClusters(Path folder, int size) {
        this.folder = folder;
        this.addresses = freeAddresses(size);
    }

    /// From now on nodes take a snapshot each time so much of the log was applied, and keep a quarter as much of it.
    RaftClusters takingSnapshots(int everyBytes) {
        snapshotLogBytes = everyBytes;
        return this;
    }

    /// The cluster, not running yet.
    public EngineCluster cluster() {
        return new EngineCluster(List.copyOf(addresses.keySet()), this::open);
    }

    /// Opens the engine of one node.
    public Engine open(NodeId node, Applier applier) {
        return RaftEngine.open(settings(node, folder.resolve(node.value())), applier);
    }

    /// What `node` is opened with, but for its folder.
    RaftEngineSettings settings(NodeId node, Path own) {
        var peers = new TreeMap<>(addresses);
        InetSocketAddress listen = Objects.requireNonNull(peers.remove(node), "a node of this cluster");
        return new RaftEngineSettings(
                new LogIdentity(CLUSTER, node, LogIdentity.ONLY_GROUP),
                own,
                listen,
                peers,
                new NodePortSecurity.LoopbackOnly(),
                Hello.of(node, 1, "127.0.0.1:80", Map.of("of", node.value())),
                SECRET,
                SqliteLogStore.DEFAULT_MAX_BYTES,
                new RaftSettings(
                        node,
                        node.hashCode(),
                        patient(),
                        RaftSettings.DEFAULT_TICK,
                        RaftSettings.DEFAULT_CLOCK_TOLERANCE,
                        snapshotLogBytes,
                        RaftSettings.ReadProof.LEASE));
    }

    /// Elections after 0.4 to 0.8 s: the machine that runs the tests runs other things too.
    private RaftConfig patient() {
        RaftConfig usual = RaftConfig.DEFAULT;
        var times = usual.times();
        var memory = usual.memory();
        return new RaftConfig(
                new RaftConfig.Times(
                        40,
                        80,
                        times.heartbeatTicks(),
                        times.vanishTicksMax(),
                        times.retryTicks(),
                        1_000,
                        times.barrierTicks()),
                usual.appends(),
                new RaftConfig.MemoryLimits(
                        memory.windowBytes(),
                        (int) Math.min(snapshotLogBytes / 4, memory.keptBytes()),
                        memory.maxUncommittedBytes(),
                        memory.maxBarriers()));
    }

    private static SortedMap<NodeId, InetSocketAddress> freeAddresses(int size) {
        var found = new TreeMap<NodeId, InetSocketAddress>();
        for (int i = 1; i <= size; i++) {
            found.put(new NodeId("n" + i), new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()));
        }
        return found;
    }
}
