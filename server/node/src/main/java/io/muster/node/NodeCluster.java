package io.muster.node;

import io.muster.access.Identity;
import io.muster.access.Keyring;
import io.muster.api.Admissions;
import io.muster.api.BackupAnswer;
import io.muster.api.ClusterPort;
import io.muster.coordinator.Coordinator;
import io.muster.coordinator.WorkerAnswer;
import io.muster.coordinator.WorkerReport;
import io.muster.encoding.Bytes;
import io.muster.log.ClusterId;
import io.muster.log.Engine;
import io.muster.log.EngineGauge;
import io.muster.log.EngineReport;
import io.muster.log.EngineStatus;
import io.muster.log.Envelope;
import io.muster.log.Guarantees;
import io.muster.log.Leadership;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import io.muster.state.Change;
import io.muster.state.ClusterState;
import io.muster.tls.CertificateFacts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/// What the API sees of this node: the engine for writing, the coordinator for reading.
final class NodeCluster implements ClusterPort {
    private final NodeConfig config;
    private final Engine engine;
    private final ClusterId id;
    private final CoordinatorLoop coordinator;
    private final AtomicBoolean isDraining = new AtomicBoolean();
    private final Watches watches;
    private final NodeKeys nodeKeys;
    private final Backups backups;
    private final String advisoryDatabase;
    private final Members members;
    private final Admissions admissions;

    /// The keys, copied whenever the ledger's change: every request asks for one and none may wait for it.
    private volatile Keyring keys = Keyring.EMPTY;

    /// What is looked at beside the log and the state.
    ///
    /// @param disk how much room there is
    /// @param certificates when they end
    record Watches(DiskWatch disk, CertificateWatch certificates) {}

    /// The parts of the node that the API is shown.
    record Parts(
            Engine engine,
            ClusterId cluster,
            CoordinatorLoop coordinator,
            NodeKeys keys,
            Backups backups,
            NodeCertificates certificates,
            Watches watches) {}

    /// @param advisoryDatabase the digest of the advisories this node matches against, `""` for none
    NodeCluster(NodeConfig config, Parts parts, String advisoryDatabase) {
        this.config = config;
        this.engine = parts.engine();
        this.id = parts.cluster();
        this.coordinator = parts.coordinator();
        this.nodeKeys = parts.keys();
        this.backups = parts.backups();
        this.watches = parts.watches();
        this.advisoryDatabase = advisoryDatabase;
        members = new Members(config);
        admissions = new NodeAdmissions(config, id, parts.certificates(), members, engine::status);
    }

    /// From now on this node asks to be sent nothing.
    void drain() {
        isDraining.set(true);
    }

    @Override
    public NodeId self() {
        return config.self().id();
    }

    @Override
    public ClusterId cluster() {
        return id;
    }

    @Override
    public Guarantees guarantees() {
        return engine.guarantees();
    }

    @Override
    public EngineStatus status() {
        return engine.status();
    }

    @Override
    public EngineReport report() {
        return engine.report();
    }

    @Override
    public Duration busy() {
        return coordinator.busy();
    }

    @Override
    public String ownKey() {
        return nodeKeys.workerKey().reveal();
    }

    @Override
    public Leadership leadership() {
        return engine.leadership();
    }

    @Override
    public void onLeadershipChange(Runnable change) {
        coordinator.onLeadershipChange(change);
    }

    @Override
    public long appliedIndex() {
        return coordinator.appliedIndex();
    }

    @Override
    public long lineage() {
        // The engine counts on from 1 where it has several by itself.
        return coordinator.lineage() + engine.lineage() - 1;
    }

    @Override
    public Optional<URI> apiAddress(NodeId node) {
        return members.api(engine.status(), node);
    }

    @Override
    public Optional<String> notReadyReason() {
        return isDraining.get()
                ? Optional.of("this node is draining")
                : engine.notReadyReason().or(coordinator::notReadyReason).or(watches.disk()::diskPressure);
    }

    @Override
    public Optional<String> diskPressure() {
        return watches.disk().diskPressure();
    }

    @Override
    public List<EngineGauge> engineGauges() {
        return engine.gauges();
    }

    @Override
    public Optional<Instant> certificateEnds() {
        return watches.certificates().first().map(CertificateFacts::ends);
    }

    @Override
    public long brokenRequests() {
        return coordinator.requestFailures();
    }

    @Override
    public Identity identify(String keyId, Bytes hash) {
        return keys.identify(keyId, hash);
    }

    @Override
    public Optional<Identity.Known> identifyNode(String keyId, Bytes hash) {
        return nodeKeys.identify(engine.status(), keyId, hash);
    }

    @Override
    public int featureLevel() {
        return coordinator.featureLevel();
    }

    @Override
    public String advisoryDatabase() {
        return advisoryDatabase;
    }

    @Override
    public CompletionStage<Outcome> propose(Envelope envelope) {
        var write = new Write(envelope.encode());
        engine.propose(write);
        return write;
    }

    @Override
    public <T> CompletionStage<T> read(Function<ClusterState, T> question) {
        return coordinator.read(question);
    }

    @Override
    public void exchange(WorkerReport report, Consumer<WorkerAnswer> sink) {
        coordinator.withCoordinator(owned -> owned.exchange(report, sink, System.nanoTime()));
    }

    @Override
    public void channelClosed(NodeId worker, long incarnation) {
        coordinator.withCoordinator(owned -> owned.channelClosed(worker, incarnation, System.nanoTime()));
    }

    @Override
    public void listen(Change.Listener listener) {
        coordinator.withCoordinator(owned -> {
            copyKeys(owned);
            owned.listen(new KeyRefresh(owned, listener));
        });
    }

    @Override
    public CompletionStage<TransferAnswer> transfer(Successor to) {
        var answer = new CompletableFuture<TransferAnswer>();
        engine.transfer(to, answer::complete);
        return answer;
    }

    @Override
    public CompletionStage<BackupAnswer> backup() {
        return backups.take();
    }

    @Override
    public CompletionStage<MemberAnswer> changeMembers(MemberChange change) {
        var answer = new CompletableFuture<MemberAnswer>();
        engine.changeMembers(change, answer::complete);
        return answer;
    }

    @Override
    public Admissions admissions() {
        return admissions;
    }

    @Override
    public CompletionStage<Engine.Barrier> barrier() {
        var answer = new CompletableFuture<Engine.Barrier>();
        engine.readBarrier(barrier -> {
            switch (barrier) {
                // What the engine confirmed is committed; a read sees it once it is applied here too.
                case Engine.Barrier.At(long index) -> coordinator.whenApplied(index, () -> answer.complete(barrier));
                case Engine.Barrier.Unavailable _ -> answer.complete(barrier);
            }
        });
        return answer;
    }

    /// Copies the keys when they may be others, before anybody hears of it.
    private final class KeyRefresh implements Change.Listener {
        private final Coordinator owned;
        private final Change.Listener next;

        KeyRefresh(Coordinator owned, Change.Listener next) {
            this.owned = owned;
            this.next = next;
        }

        @Override
        public void changed(long index, int number, long micros, Change change) {
            if (change instanceof Change.InAccess) {
                copyKeys(owned);
            }
            next.changed(index, number, micros, change);
        }

        @Override
        public void installed(long index) {
            copyKeys(owned);
            next.installed(index);
        }
    }

    private void copyKeys(Coordinator owned) {
        keys = owned.state().access().keyring();
    }

    /// A write that an API handler waits for: the proposal and its future in one object.
    private static final class Write extends CompletableFuture<Outcome> implements Proposal {
        private final byte[] envelope;

        Write(byte[] envelope) {
            this.envelope = envelope;
        }

        @Override
        public long term() {
            return 0;
        }

        @Override
        public byte[] envelope() {
            return envelope;
        }

        @Override
        public void completed(Outcome outcome) {
            complete(outcome);
        }
    }
}
