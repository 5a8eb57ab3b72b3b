package io.muster.api;

import io.muster.access.AccessCommand;
import io.muster.access.Identity;
import io.muster.access.KeyRecord;
import io.muster.access.KeyText;
import io.muster.access.Role;
import io.muster.coordinator.Coordinator;
import io.muster.coordinator.WorkerAnswer;
import io.muster.coordinator.WorkerReport;
import io.muster.encoding.Bytes;
import io.muster.history.HistoryStore;
import io.muster.jobs.HistoryBlock;
import io.muster.log.Asker;
import io.muster.log.ClusterId;
import io.muster.log.CommittedBatch;
import io.muster.log.Engine;
import io.muster.log.EngineGauge;
import io.muster.log.EngineReport;
import io.muster.log.EngineStatus;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.Guarantees;
import io.muster.log.Leadership;
import io.muster.log.LogTime;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import io.muster.state.Change;
import io.muster.state.ClusterCommand;
import io.muster.state.ClusterState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A node with the real state and the real coordinator, and a log that commits at once and only here: who
/// leads, and what becomes of a command, are what a test says.
final class FakeCluster implements ClusterPort, AutoCloseable {
    static final ClusterId ID = ClusterId.parse("00112233445566778899aabbccddeeff");
    static final String DATABASE = "ab".repeat(32);

    private final NodeId self;
    private final Coordinator coordinator;
    private final FakeMembers members;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("fake-state").factory());
    private final CountDownLatch hanging = new CountDownLatch(1);
    private volatile Successor successor = Successor.ANYONE;
    private volatile BackupAnswer backupAnswer = new BackupAnswer.Refused("this node keeps nothing");
    private volatile TransferAnswer transferAnswer = new TransferAnswer.Refused("this node is alone");
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Envelope> proposed = new CopyOnWriteArrayList<>();
    private final List<String> requestFailures = new CopyOnWriteArrayList<>();
    private final List<NodeId> closedChannels = new CopyOnWriteArrayList<>();
    private volatile @Nullable HistoryStore history;
    private volatile Leadership leadership = Leadership.unknown(0);
    private volatile Engine.@Nullable Barrier barrier;
    private volatile Optional<String> notReadyReason = Optional.empty();
    private volatile Optional<String> diskPressure = Optional.empty();
    private volatile @Nullable Function<Envelope, CompletionStage<Outcome>> fate;
    private volatile long wallAheadMillis;
    private volatile long appliedIndex;
    private volatile String ownKey = new KeyText("ffffffffffff", Bytes.wrap(new byte[KeyText.SECRET_BYTES])).reveal();
    private long nextIndex = 1;
    private long passedMicros;
    private int keys;

    FakeCluster(String self) {
        this.self = new NodeId(self);
        members = new FakeMembers(this.self);
        coordinator = new Coordinator(this.self, this::commit, thread::execute, this::keep, this::noteRequestFailure);
    }

    /// Where closed history blocks go.
    void keepHistoryIn(HistoryStore store) {
        history = store;
    }

    /// `leader` leads in `term`, as this node sees it.
    void led(String leader, long term) {
        var id = new NodeId(leader);
        var next = new Leadership(term, Optional.of(id), id.equals(self), Long.MAX_VALUE);
        onThread(() -> {
            coordinator.leadershipChanged(next, System.nanoTime());
            deliver(term, new CommittedBatch.Content.TermStart(id), List.of());
        });
        see(next);
    }

    void leaderless(long term) {
        see(Leadership.unknown(term));
    }

    /// Another node of this name, with its API at `api`.
    void with(String node, URI api) {
        members.meet(new EngineStatus.PeerStatus(new NodeId(node), true, api.toString(), 1, Map.of(), 0), api);
    }

    /// Another node of this name that is dead: nothing listens where its API was.
    void withDead(String node) {
        var dead = new EngineStatus.PeerStatus(new NodeId(node), false, "", 1, Map.of(), 0);
        members.meet(dead, URI.create("http://127.0.0.1:1"));
    }

    /// From now on every barrier is answered so, whether this node leads or not.
    void barrier(Engine.Barrier next) {
        barrier = next;
    }

    /// From now on the state answers nothing, as on a node whose process was stopped.
    void hang() {
        thread.execute(() -> {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// It answers again.
    void unhang() {
        hanging.countDown();
    }

    void hindered(String why) {
        notReadyReason = Optional.of(why);
    }

    void shortOfDisk(String why) {
        diskPressure = Optional.of(why);
    }

    void withRoom() {
        diskPressure = Optional.empty();
    }

    /// From now on commands end so, instead of being applied.
    void fate(Function<Envelope, CompletionStage<Outcome>> next) {
        fate = next;
    }

    List<Envelope> proposed() {
        return proposed;
    }

    List<NodeId> closedChannels() {
        return closedChannels;
    }

    /// Grants a key of that role, bound to `worker` unless that is `""`, and returns its text.
    String grant(Role role, String worker) {
        keys++;
        var text = new KeyText(HexFormat.of().toHexDigits(keys, 12), Bytes.wrap(new byte[KeyText.SECRET_BYTES]));
        var record = new KeyRecord(text.id(), role.name() + keys, role, worker, text.hash(), "");
        var command = new AccessCommand.AddKey(record);
        var envelope = Envelope.of(command, Asker.CLUSTER);
        onThread(() -> deliver(
                leadership.term(),
                new CommittedBatch.Content.Commands(Entries.join(List.of(envelope.encode()))),
                List.of()));
        return text.reveal();
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public ClusterId cluster() {
        return ID;
    }

    @Override
    public Guarantees guarantees() {
        return new Guarantees(
                "fake",
                Guarantees.Durability.SERVER_MEMORY,
                Guarantees.ReadConsistency.SEQUENTIAL,
                Guarantees.LineageChange.NEVER);
    }

    @Override
    public EngineStatus status() {
        var role = leadership.isMine() ? EngineStatus.NodeRole.LEADER : EngineStatus.NodeRole.FOLLOWER;
        var leader = leadership.leader();
        return new EngineStatus(
                self,
                role,
                leadership.term(),
                leader,
                appliedIndex,
                appliedIndex,
                appliedIndex,
                wallAheadMillis,
                members.all(),
                false,
                members.peers(),
                details());
    }

    /// What Raft says beside the rest, where it has elected somebody.
    private SortedMap<String, String> details() {
        var details = new TreeMap<String, String>();
        leadership.leader().ifPresent(leader -> details.put("votedFor", leader.value()));
        details.put("votes", "2");
        return details;
    }

    /// From now on this node's wall clock is that far ahead of log time.
    void setWallAhead(long millis) {
        wallAheadMillis = millis;
    }

    @Override
    public EngineReport report() {
        return members.report(leadership);
    }

    @Override
    public Duration busy() {
        return Duration.ZERO;
    }

    @Override
    public String ownKey() {
        return ownKey;
    }

    /// From now on it asks others with this key.
    void asksWith(String key) {
        ownKey = key;
    }

    @Override
    public Optional<Identity.Known> identifyNode(String keyId, Bytes hash) {
        return Optional.empty();
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
        return appliedIndex;
    }

    @Override
    public long lineage() {
        return 0;
    }

    @Override
    public int featureLevel() {
        return ClusterState.FEATURE_LEVEL;
    }

    @Override
    public String advisoryDatabase() {
        return DATABASE;
    }

    @Override
    public Optional<URI> apiAddress(NodeId node) {
        return members.api(node);
    }

    @Override
    public List<EngineGauge> engineGauges() {
        return List.of(
                new EngineGauge("term", () -> leadership.term()),
                new EngineGauge("is.leader", () -> leadership.isMine() ? 1 : 0),
                new EngineGauge("applied.index", this::appliedIndex));
    }

    @Override
    public Optional<Instant> certificateEnds() {
        return Optional.of(Instant.parse("2027-11-27T00:00:00Z"));
    }

    @Override
    public long brokenRequests() {
        return requestFailures.size();
    }

    @Override
    public Optional<String> notReadyReason() {
        return notReadyReason;
    }

    @Override
    public Optional<String> diskPressure() {
        return diskPressure;
    }

    @Override
    public Identity identify(String keyId, Bytes hash) {
        return read(state -> state.access().keyring().identify(keyId, hash))
                .toCompletableFuture()
                .join();
    }

    @Override
    public CompletionStage<Outcome> propose(Envelope envelope) {
        proposed.add(envelope);
        var chosen = fate;
        if (chosen != null) {
            return chosen.apply(envelope);
        }
        var outcome = new CompletableFuture<Outcome>();
        commit(new Waiter(envelope, outcome));
        return outcome;
    }

    @Override
    public <T> CompletionStage<T> read(Function<ClusterState, T> question) {
        return CompletableFuture.supplyAsync(() -> question.apply(coordinator.state()), thread);
    }

    @Override
    public void exchange(WorkerReport report, Consumer<WorkerAnswer> sink) {
        thread.execute(() -> coordinator.exchange(report, sink, System.nanoTime()));
    }

    @Override
    public void channelClosed(NodeId worker, long incarnation) {
        closedChannels.add(worker);
        thread.execute(() -> coordinator.channelClosed(worker, incarnation, System.nanoTime()));
    }

    @Override
    public void listen(Change.Listener listener) {
        onThread(() -> coordinator.listen(listener));
    }

    @Override
    public CompletionStage<TransferAnswer> transfer(Successor to) {
        successor = to;
        return CompletableFuture.completedFuture(transferAnswer);
    }

    @Override
    public CompletionStage<BackupAnswer> backup() {
        return CompletableFuture.completedFuture(backupAnswer);
    }

    /// What becomes of the wish for a backup from now on.
    void answerBackups(BackupAnswer answer) {
        backupAnswer = answer;
    }

    @Override
    public CompletionStage<MemberAnswer> changeMembers(MemberChange change) {
        return CompletableFuture.completedFuture(members.change(change));
    }

    @Override
    public Admissions admissions() {
        return members;
    }

    FakeMembers members() {
        return members;
    }

    /// What becomes of a hand-over from now on.
    void answerTransfers(TransferAnswer answer) {
        transferAnswer = answer;
    }

    /// Who was to lead, as was last asked.
    Successor wishedSuccessor() {
        return successor;
    }

    @Override
    public CompletionStage<Engine.Barrier> barrier() {
        var chosen = barrier;
        if (chosen != null) {
            return CompletableFuture.completedFuture(chosen);
        }
        return CompletableFuture.completedFuture(
                leadership.leader().isPresent()
                        ? new Engine.Barrier.At(appliedIndex)
                        : new Engine.Barrier.Unavailable("nobody leads"));
    }

    @Override
    public void close() {
        unhang();
        thread.close();
    }

    private record Waiter(Envelope command, CompletableFuture<Outcome> outcome) implements Proposal {
        @Override
        public long term() {
            return 0;
        }

        @Override
        public byte[] envelope() {
            return command.encode();
        }

        @Override
        public void completed(Outcome result) {
            outcome.complete(result);
        }
    }

    void pass(int seconds) {
        onThread(() -> passedMicros += seconds * 1_000_000L);
        propose(Envelope.of(new ClusterCommand.Tick(), Asker.CLUSTER))
                .toCompletableFuture()
                .join();
    }

    private void commit(Proposal proposal) {
        if (!leadership.isMine()) {
            proposal.completed(new Outcome.NotLeader(Outcome.Hint.of(leadership.leader())));
            return;
        }
        thread.execute(() -> deliver(
                leadership.term(),
                new CommittedBatch.Content.Commands(Entries.join(List.of(proposal.envelope()))),
                List.of(proposal)));
    }

    private void deliver(long term, CommittedBatch.Content content, List<Proposal> proposals) {
        long micros = passedMicros + nextIndex * 1_000;
        var time = new LogTime(1_700_000_000_000_000L + micros, micros);
        appliedIndex = nextIndex;
        coordinator.deliver(new CommittedBatch(nextIndex++, 1, term, time, content, proposals), System.nanoTime());
    }

    private void noteRequestFailure(String what, RuntimeException why) {
        requestFailures.add(what + ": " + why.getMessage());
    }

    /// What requests ended in a mistake of the node's.
    List<String> requestFailures() {
        return requestFailures;
    }

    private void keep(HistoryBlock block) {
        var store = history;
        if (store != null) {
            try {
                store.add(block);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void see(Leadership next) {
        leadership = next;
        listeners.forEach(Runnable::run);
    }

    private void onThread(Runnable act) {
        CompletableFuture.runAsync(act, thread).join();
    }
}
