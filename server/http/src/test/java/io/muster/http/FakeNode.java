package io.muster.http;

import io.muster.access.Identity;
import io.muster.access.KeyText;
import io.muster.access.Role;
import io.muster.encoding.Bytes;
import io.muster.log.CommittedBatch;
import io.muster.log.Engine;
import io.muster.log.EngineStatus;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.Leadership;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.state.ClusterState;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A node for the shell alone, with the real state and a log that commits at once and only here: who leads, whom a key
/// stands for, what becomes of a command and how full the disk is are what a test says.
public final class FakeNode implements NodePort {
    private final NodeId self;
    private final Map<String, Identity> keys = new ConcurrentHashMap<>();
    private final Map<String, Identity.Known> nodeKeys = new ConcurrentHashMap<>();
    private volatile boolean isKeyless;
    private final Map<NodeId, URI> addresses = new ConcurrentHashMap<>();
    private final List<EngineStatus.PeerStatus> peers = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ClusterState state = new ClusterState((_, _, _, _) -> {});
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Leadership leadership = Leadership.unknown(0);
    private volatile Optional<String> diskPressure = Optional.empty();
    private final List<Envelope> proposed = new CopyOnWriteArrayList<>();
    private volatile @Nullable Supplier<Outcome> fate;

    private FakeNode(String self) {
        this.self = new NodeId(self);
    }

    /// A node that leads in term 1.
    public static FakeNode leading() {
        var node = leaderless();
        node.led("node-1", 1);
        return node;
    }

    /// A node that knows no leader.
    public static FakeNode leaderless() {
        return named("node-1");
    }

    /// A node of that name, which knows no leader.
    public static FakeNode named(String self) {
        return new FakeNode(self);
    }

    /// `leader` leads in `term`, as this node sees it.
    public void led(String leader, long term) {
        var id = new NodeId(leader);
        apply(term, new CommittedBatch.Content.TermStart(id));
        see(new Leadership(term, Optional.of(id), id.equals(self), Long.MAX_VALUE));
    }

    /// Nobody leads in `term`, as this node sees it.
    void leaderless(long term) {
        see(Leadership.unknown(term));
    }

    /// Another node of that name, with its API at `api`.
    public void with(String node, URI api) {
        addresses.put(new NodeId(node), api);
        peers.add(new EngineStatus.PeerStatus(new NodeId(node), true, api.toString(), 1, Map.of(), 0));
    }

    /// Another node of that name that is dead: nothing listens where its API was.
    public void withDead(String node) {
        peers.add(new EngineStatus.PeerStatus(new NodeId(node), false, "", 1, Map.of(), 0));
    }

    /// From now on commands end so, instead of being applied.
    public void fate(Supplier<Outcome> next) {
        fate = next;
    }

    List<Envelope> proposed() {
        return proposed;
    }

    /// From now on its disk is nearly full.
    void shortOfDisk(String why) {
        diskPressure = Optional.of(why);
    }

    /// From now on it has read nothing of the log, and knows the nodes' own keys only.
    void forgetKeys() {
        isKeyless = true;
    }

    /// The key that `node` asks others with.
    KeyText grantNode(String node) {
        KeyText key = grant(Role.WORKER, node);
        nodeKeys.put(key.id(), new Identity.Known(key.id(), "node/" + node, Role.WORKER, node));
        return key;
    }

    /// A key of that role, bound to `worker` unless that is `""`.
    public KeyText grant(Role role, String worker) {
        String id = HexFormat.of().toHexDigits(keys.size() + 1L, 12);
        keys.put(id, new Identity.Known(id, role.name(), role, worker));
        return new KeyText(id, Bytes.wrap(new byte[KeyText.SECRET_BYTES]));
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public EngineStatus status() {
        var role = leadership.isMine() ? EngineStatus.NodeRole.LEADER : EngineStatus.NodeRole.FOLLOWER;
        var leader = leadership.leader();
        long last = appliedIndex();
        var details = new TreeMap<>(Map.of("votes", "2"));
        leader.ifPresent(voted -> details.put("votedFor", voted.value()));
        return new EngineStatus(
                self,
                role,
                leadership.term(),
                leader,
                last,
                last,
                last,
                0,
                List.of(),
                false,
                List.copyOf(peers),
                details);
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
        return locked(state::appliedIndex);
    }

    @Override
    public Optional<URI> apiAddress(NodeId node) {
        return Optional.ofNullable(addresses.get(node));
    }

    @Override
    public Optional<String> diskPressure() {
        return diskPressure;
    }

    @Override
    public Identity identify(String keyId, Bytes hash) {
        if (isKeyless) {
            return new Identity.NoKeysYet();
        }
        return keys.getOrDefault(keyId, new Identity.Unknown());
    }

    @Override
    public Optional<Identity.Known> identifyNode(String keyId, Bytes hash) {
        return Optional.ofNullable(nodeKeys.get(keyId));
    }

    @Override
    public CompletionStage<Outcome> propose(Envelope envelope) {
        proposed.add(envelope);
        var chosen = fate;
        if (chosen != null) {
            return CompletableFuture.completedFuture(chosen.get());
        }
        if (!leadership.isMine()) {
            return CompletableFuture.completedFuture(new Outcome.NotLeader(Outcome.Hint.of(leadership.leader())));
        }
        var entry = Entries.join(List.of(envelope.encode()));
        return CompletableFuture.completedFuture(apply(leadership.term(), new CommittedBatch.Content.Commands(entry)));
    }

    @Override
    public <T> CompletionStage<T> read(Function<ClusterState, T> question) {
        return CompletableFuture.completedFuture(locked(() -> question.apply(state)));
    }

    @Override
    public CompletionStage<Engine.Barrier> barrier() {
        return CompletableFuture.completedFuture(
                leadership.leader().isPresent()
                        ? new Engine.Barrier.At(appliedIndex())
                        : new Engine.Barrier.Unavailable("nobody leads"));
    }

    private void see(Leadership next) {
        leadership = next;
        listeners.forEach(Runnable::run);
    }

    private Outcome apply(long term, CommittedBatch.Content content) {
        return locked(() -> {
            long index = state.appliedIndex() + 1;
            var time = new LogTime(1_700_000_000_000_000L + index * 1_000, index * 1_000);
            var replies = state.apply(new CommittedBatch(index, 1, term, time, content, List.of()));
            return new Outcome.Applied(index, replies.getFirst());
        });
    }

    private <T> T locked(Supplier<T> act) {
        lock.lock();
        try {
            return act.get();
        } finally {
            lock.unlock();
        }
    }
}
