package io.muster.node;

import io.muster.encoding.Nearest;
import io.muster.log.Applier;
import io.muster.log.ClusterId;
import io.muster.log.Engine;
import io.muster.log.EngineException;
import io.muster.log.FrozenState;
import io.muster.log.NewLog;
import io.muster.log.NodeId;
import io.muster.log.OpenSnapshot;
import io.muster.log.SnapshotContents;
import io.muster.log.StoppedLog;
import io.muster.raft.RaftConfig;
import io.muster.raftruntime.ClusterSecret;
import io.muster.raftruntime.Hello;
import io.muster.raftruntime.JoiningFolder;
import io.muster.raftruntime.LogIdentity;
import io.muster.raftruntime.NodePortSecurity;
import io.muster.raftruntime.NodeTls;
import io.muster.raftruntime.RaftEngine;
import io.muster.raftruntime.RaftEngineSettings;
import io.muster.raftruntime.RaftSettings;
import io.muster.raftruntime.RaftSettings.ReadProof;
import io.muster.raftruntime.Rebuild;
import io.muster.raftruntime.Refounding;
import io.muster.raftruntime.SnapshotFile;
import io.muster.raftruntime.StoppedFolder;
import io.muster.state.ClusterState;
import io.muster.tls.PeerEngines;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Raft among the nodes themselves: how often a leader says that it is there, and for how long it may be silent before
/// it is replaced. It must be the same on every node: a leader trusts itself for as long as it believes that the others
/// wait.
///
/// @param heartbeatMillis how often a leader sends heartbeats
/// @param electionMillis a follower that heard nothing for this long, or up to twice as long, asks for votes
/// @param clockToleranceMillis a node whose wall clock is further off the middle ones of the voters asks later
/// @param snapshotLogMebibytes a snapshot is taken when so much of the log was applied since the last; 0 for none
/// @param readers what proves to a leader's readers that it leads
record RaftFactory(
        int heartbeatMillis, int electionMillis, int clockToleranceMillis, int snapshotLogMebibytes, ReadProof readers)
        implements EngineFactory {
    /// Times are counted in ticks.
    private static final int TICK_MILLIS = (int) RaftSettings.DEFAULT_TICK.toMillis();

    private static final int MAX_ELECTION_MILLIS = 60_000;

    private static final int CLOCK_TOLERANCE_MILLIS = (int) RaftSettings.DEFAULT_CLOCK_TOLERANCE.toMillis();

    /// A skew below a second is not even warned of; beyond a day there is no clock to speak of.
    private static final int LEAST_TOLERANCE_MILLIS = 1_000;

    private static final int MAX_TOLERANCE_MILLIS = 86_400_000;

    /// What a start replays in a second or two. More often would write the state over and over, and less often would
    /// make a start longer; a state that is larger is written when as much log as that has come.
    private static final int SNAPSHOT_LOG_MEBIBYTES = 64;

    /// A tebibyte; more is a slip of the pen.
    private static final int MAX_SNAPSHOT_LOG_MEBIBYTES = 1 << 20;

    /// Two heartbeats may be lost or late before the third would cost a leader that works.
    private static final int LEAST_HEARTBEATS = 3;

    /// For processors that are mostly free: a silent leader is replaced within 300 ms.
    static final RaftFactory USUAL =
            new RaftFactory(50, 150, CLOCK_TOLERANCE_MILLIS, SNAPSHOT_LOG_MEBIBYTES, ReadProof.ROUND);

    /// For processors shared with builds and scans, and for disks of such machines: a process that gets no turn
    /// for a second keeps its leadership, and a silent leader is replaced within 3 s.
    static final RaftFactory SLOW =
            new RaftFactory(250, 1_500, CLOCK_TOLERANCE_MILLIS, SNAPSHOT_LOG_MEBIBYTES, ReadProof.ROUND);

    RaftFactory {
        if (heartbeatMillis % TICK_MILLIS != 0 || electionMillis % TICK_MILLIS != 0) {
            throw new ConfigException("heartbeatMillis and electionMillis are counted in steps of " + TICK_MILLIS
                    + " ms, not " + heartbeatMillis + " and " + electionMillis);
        }
        if (electionMillis < LEAST_HEARTBEATS * heartbeatMillis) {
            throw new ConfigException("electionMillis is " + electionMillis + " and heartbeatMillis " + heartbeatMillis
                    + "; it must be at least " + LEAST_HEARTBEATS
                    + " times as long, or one late heartbeat costs a leader that works");
        }
    }

    /// Reads the section `raft`: a profile, and what differs from it. What is not there is looked for in `cluster`,
    /// where these keys stood while Raft was the only engine.
    static RaftFactory read(Section raft, Section cluster) {
        String profile = raft.text("profile", cluster.text("profile", "usual"));
        RaftFactory base = switch (profile) {
            case "usual" -> USUAL;
            case "slow" -> SLOW;
            default ->
                throw new ConfigException("the profile is '" + profile + "'; it must be usual or slow"
                        + Nearest.hint(profile, List.of("usual", "slow")));
        };
        var sections = List.of(cluster, raft);
        return new RaftFactory(
                whole(sections, "heartbeatMillis", base.heartbeatMillis, TICK_MILLIS, MAX_ELECTION_MILLIS),
                whole(sections, "electionMillis", base.electionMillis, TICK_MILLIS, MAX_ELECTION_MILLIS),
                whole(
                        sections,
                        "clockToleranceMillis",
                        base.clockToleranceMillis,
                        LEAST_TOLERANCE_MILLIS,
                        MAX_TOLERANCE_MILLIS),
                raft.whole("snapshotLogMebibytes", base.snapshotLogMebibytes, 0, MAX_SNAPSHOT_LOG_MEBIBYTES),
                readers(raft.text("readers", "round")));
    }

    private static ReadProof readers(String named) {
        return switch (named) {
            case "lease" -> ReadProof.LEASE;
            case "round" -> ReadProof.ROUND;
            default ->
                throw new ConfigException("readers rely on '" + named + "'; it must be lease or round"
                        + Nearest.hint(named, List.of("lease", "round")));
        };
    }

    /// The last of `sections` that has the key wins.
    private static int whole(List<Section> sections, String key, int fallback, int least, int most) {
        int value = fallback;
        for (Section section : sections) {
            value = section.whole(key, value, least, most);
        }
        return value;
    }

    /// A folder that holds a history has held a voter: it is not begun anew.
    @Override
    public Engine open(NodeConfig node, Map<String, String> attributes, Applier applier) {
        Path data = node.data();
        if (Files.exists(data.resolve("history.db")) && !Files.exists(data.resolve("raft.voter"))) {
            throw new EngineException(data + " holds the history of a node without its raft.voter and log: they "
                    + "were lost, and with them what it voted and acknowledged. " + RaftEngine.LOST_FOLDER);
        }
        return RaftEngine.open(settings(node, attributes), applier);
    }

    @Override
    public ClusterId cluster(NodeConfig node) {
        return RaftEngine.clusterIn(node.data()).orElseGet(node::foundingId);
    }

    @Override
    public String name() {
        return "raft";
    }

    @Override
    public SortedMap<String, Integer> settings() {
        return new TreeMap<>(Map.of(
                "heartbeatMillis", heartbeatMillis,
                "electionMillis", electionMillis,
                "clockToleranceMillis", clockToleranceMillis,
                "snapshotLogMebibytes", snapshotLogMebibytes));
    }

    @Override
    public JoiningLog joining(Path data, ClusterId cluster, NodeId node) {
        var folder = JoiningFolder.open(data, new LogIdentity(cluster, node, LogIdentity.ONLY_GROUP));
        return new JoiningLog(folder.identity(), folder::hasJoined, folder::join, folder::close);
    }

    @Override
    public String rebuild(NodeConfig node, SortedMap<NodeId, Path> survivors) {
        ClusterId cluster = survivors.values().stream()
                .flatMap(folder -> RaftEngine.clusterIn(folder).stream())
                .findFirst()
                .orElseGet(node::foundingId);
        var identity = new LogIdentity(cluster, node.self().id(), LogIdentity.ONLY_GROUP);
        var done = new Rebuild(identity, survivors, node.data()).run();
        return node.self().id() + " was rebuilt in " + node.data() + " from " + done.source()
                + ": its log ends at entry " + done.lastIndex() + ", it begins in term " + done.term();
    }

    @Override
    public NewLog begin(NodeConfig node) {
        return Refounding.in(node.data(), node.self().id());
    }

    @Override
    public StoppedLog stopped(Path folder, NodeId self) {
        return StoppedFolder.open(folder, self);
    }

    @Override
    public List<Path> filesOfNode(Path folder) {
        return Refounding.filesOfNode(folder);
    }

    @Override
    public void writeSnapshot(Path file, ClusterId cluster, FrozenState state) throws IOException {
        SnapshotFile.write(file, cluster, state);
    }

    @Override
    public OpenSnapshot openSnapshot(Path file) {
        return SnapshotFile.open(file);
    }

    @Override
    public SnapshotContents inspectSnapshot(Path file) throws IOException {
        return SnapshotFile.inspect(file);
    }

    @Override
    public SnapshotContents receiveSnapshot(InputStream from, Path file) throws IOException {
        return SnapshotFile.receive(from, file);
    }

    /// The protocol's times and limits with these.
    RaftConfig protocol() {
        var usual = RaftConfig.DEFAULT;
        return new RaftConfig(
                usual.times().inRhythm(heartbeatMillis / TICK_MILLIS, electionMillis / TICK_MILLIS),
                usual.appends(),
                usual.memory());
    }

    private RaftEngineSettings settings(NodeConfig node, Map<String, String> attributes) {
        var self = node.self();
        var peers = new TreeMap<NodeId, InetSocketAddress>();
        for (NodeConfig.Member member : node.members()) {
            if (!member.id().equals(self.id())) {
                peers.put(member.id(), socket(member.node()));
            }
        }
        return new RaftEngineSettings(
                identity(node),
                node.data(),
                socket(self.node()),
                peers,
                security(node.tls()),
                Hello.of(self.id(), ClusterState.FEATURE_LEVEL, self.api().toString(), attributes),
                new ClusterSecret(SecretFile.load(node, ClusterSecret.MIN_BYTES)),
                node.maxLogBytes(),
                RaftSettings.of(
                                self.id(),
                                new SecureRandom().nextLong(),
                                protocol(),
                                Duration.ofMillis(clockToleranceMillis))
                        .withSnapshotLogBytes(snapshotLogBytes())
                        .withReadProof(readers));
    }

    private long snapshotLogBytes() {
        return snapshotLogMebibytes == 0 ? RaftSettings.NO_SNAPSHOTS : (long) snapshotLogMebibytes << 20;
    }

    private static NodePortSecurity security(TlsConfig tls) {
        return switch (tls) {
            case TlsConfig.Off() -> new NodePortSecurity.LoopbackOnly();
            case TlsConfig.On on -> {
                var engines = new PeerEngines(TlsConfig.source(on.files()), InstantSource.system());
                yield new NodePortSecurity.MutualTls(
                        new NodeTls(engines::dialling, engines::answering, PeerEngines::peer, engines::sentence));
            }
        };
    }

    private LogIdentity identity(NodeConfig node) {
        return new LogIdentity(cluster(node), node.self().id(), LogIdentity.ONLY_GROUP);
    }

    private static InetSocketAddress socket(Address address) {
        return new InetSocketAddress(address.host(), address.port());
    }
}
