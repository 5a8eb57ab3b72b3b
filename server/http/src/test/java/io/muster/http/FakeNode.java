package io.muster.http;

import io.muster.access.Identity;
import io.muster.access.KeyText;
import io.muster.access.Role;
import io.muster.encoding.Bytes;
import io.muster.log.Engine;
import io.muster.log.EngineStatus;
import io.muster.log.Envelope;
import io.muster.log.Leadership;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.state.ClusterState;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A node without a state, for the shell alone: who leads, whom a key stands for and how full the disk is are what a
/// test says.
public final class FakeNode implements NodePort {
    private static final NodeId SELF = new NodeId("node-1");

    private final Map<String, Identity> keys = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private volatile Leadership leadership = Leadership.unknown(0);
    private volatile Optional<String> diskPressure = Optional.empty();

    /// A node that leads in term 1.
    public static FakeNode leading() {
        var node = new FakeNode();
        node.leadership = new Leadership(1, Optional.of(SELF), true, Long.MAX_VALUE);
        return node;
    }

    /// A node that knows no leader.
    public static FakeNode leaderless() {
        return new FakeNode();
    }

    /// From now on its disk is nearly full.
    void shortOfDisk(String why) {
        diskPressure = Optional.of(why);
    }

    /// A key of that role, bound to `worker` unless that is `""`.
    public KeyText grant(Role role, String worker) {
        String id = HexFormat.of().toHexDigits(keys.size() + 1L, 12);
        keys.put(id, new Identity.Known(id, role.name(), role, worker));
        return new KeyText(id, Bytes.wrap(new byte[KeyText.SECRET_BYTES]));
    }

    @Override
    public NodeId self() {
        return SELF;
    }

    @Override
    public EngineStatus status() {
        var role = leadership.isMine() ? EngineStatus.NodeRole.LEADER : EngineStatus.NodeRole.FOLLOWER;
        var leader = leadership.leader();
        return new EngineStatus(SELF, role, leadership.term(), leader, 0, 0, 0, 0, List.of(), new TreeMap<>());
    }

    @Override
    public Leadership leadership() {
        return leadership;
    }

    @Override
    public void onLeadershipChange(Runnable change) {
        listeners.add(change);
    }

    @Override
    public long appliedIndex() {
        return 0;
    }

    @Override
    public Optional<URI> apiAddress(NodeId node) {
        return Optional.empty();
    }

    @Override
    public Optional<String> diskPressure() {
        return diskPressure;
    }

    @Override
    public Identity identify(String keyId, Bytes hash) {
        return keys.getOrDefault(keyId, new Identity.Unknown());
    }

    @Override
    public CompletionStage<Outcome> propose(Envelope envelope) {
        return CompletableFuture.completedFuture(new Outcome.Overloaded(100));
    }

    @Override
    public <T> CompletionStage<T> read(Function<ClusterState, T> question) {
        return CompletableFuture.failedFuture(new AssertionError("this node has no state"));
    }

    @Override
    public CompletionStage<Engine.Barrier> barrier() {
        return CompletableFuture.completedFuture(new Engine.Barrier.At(0));
    }
}
