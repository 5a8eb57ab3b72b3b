package io.muster.api;

import io.muster.cluster.ClusterId;
import io.muster.cluster.Engine;
import io.muster.cluster.EngineStatus;
import io.muster.cluster.Envelope;
import io.muster.cluster.Guarantees;
import io.muster.cluster.Leadership;
import io.muster.cluster.NodeId;
import io.muster.cluster.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A node without an engine: leadership and the fate of each command are what a test says they are.
final class FakeCluster implements ClusterPort {
    private static final ClusterId CLUSTER = ClusterId.parse("00112233445566778899aabbccddeeff");

    private final NodeId self;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Map<NodeId, URI> addresses = new ConcurrentHashMap<>();
    private final List<Envelope> proposed = new CopyOnWriteArrayList<>();
    private volatile Leadership leadership = Leadership.unknown(0);
    private volatile Engine.Barrier barrier = new Engine.Barrier.At(1);
    private volatile Optional<String> hindrance = Optional.empty();
    private volatile Function<Envelope, CompletionStage<Outcome>> fate =
            _ -> CompletableFuture.completedFuture(new Outcome.NotLeader(new Outcome.Hint.Nobody()));

    FakeCluster(String self) {
        this.self = new NodeId(self);
    }

    /// `leader` leads in `term`, as this node sees it.
    void led(String leader, long term) {
        var id = new NodeId(leader);
        leadership = new Leadership(term, Optional.of(id), id.equals(self), Long.MAX_VALUE);
        listeners.forEach(Runnable::run);
    }

    void leaderless(long term) {
        leadership = Leadership.unknown(term);
        listeners.forEach(Runnable::run);
    }

    void reachable(String node, URI api) {
        addresses.put(new NodeId(node), api);
    }

    void barrier(Engine.Barrier next) {
        barrier = next;
    }

    void hindered(String why) {
        hindrance = Optional.of(why);
    }

    void fate(Function<Envelope, CompletionStage<Outcome>> next) {
        fate = next;
    }

    List<Envelope> proposed() {
        return proposed;
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public ClusterId cluster() {
        return CLUSTER;
    }

    @Override
    public Guarantees guarantees() {
        return new Guarantees(
                "fake",
                Guarantees.Durability.SERVER_MEMORY,
                Guarantees.Reads.SEQUENTIAL,
                Guarantees.LineageChange.NEVER);
    }

    @Override
    public EngineStatus status() {
        var role = leadership.isMine() ? EngineStatus.Role.LEADER : EngineStatus.Role.FOLLOWER;
        return new EngineStatus(
                self, role, leadership.term(), leadership.leader(), leadership.leader(), 0, 7, 7, 7, List.of());
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
        return 7;
    }

    @Override
    public long lineage() {
        return 0;
    }

    @Override
    public Optional<URI> apiAddress(NodeId node) {
        return Optional.ofNullable(addresses.get(node));
    }

    @Override
    public Optional<String> hindrance() {
        return hindrance;
    }

    @Override
    public CompletionStage<Outcome> propose(Envelope envelope) {
        proposed.add(envelope);
        return fate.apply(envelope);
    }

    @Override
    public CompletionStage<Engine.Barrier> barrier() {
        return CompletableFuture.completedFuture(barrier);
    }
}
