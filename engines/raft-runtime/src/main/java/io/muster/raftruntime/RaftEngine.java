package io.muster.raftruntime;

import io.muster.log.Applier;
import io.muster.log.ClusterId;
import io.muster.log.Engine;
import io.muster.log.EngineException;
import io.muster.log.EngineGauge;
import io.muster.log.EngineReport;
import io.muster.log.EngineStatus;
import io.muster.log.Guarantees;
import io.muster.log.Leadership;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import io.muster.raft.Configuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The embedded engine: consensus among the nodes themselves, no other server.
///
/// Four threads: `muster-raft` runs the [RaftLoop] and the network, `muster-log-writer` writes and syncs
/// the log, `muster-log-reader` reads old batches for followers and appliers that are far behind,
/// `muster-snapshots` writes, sends and receives snapshots. The first two have the highest priority: they
/// need a hundredth of a processor, but a heartbeat that waits behind everything else costs a leadership.
public final class RaftEngine implements Engine {
    /// What to do about a data folder that has lost something.
    public static final String LOST_FOLDER = SqliteFile.LOST_FOLDER;

    private static final Guarantees GUARANTEES = new Guarantees(
            "raft",
            Guarantees.Durability.MAJORITY_SYNCED,
            Guarantees.ReadConsistency.LINEARIZABLE,
            Guarantees.LineageChange.NEVER);

    /// A log that never loses an acknowledged command has one history.
    private static final long ONLY_LINEAGE = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(RaftEngine.class);

    private final RaftEngineSettings settings;
    private final Applier applier;
    private final DataFolder folder;
    private final TcpTransport transport;
    private final Clocks clocks = new SystemClocks();
    private final AtomicBoolean isClosing = new AtomicBoolean();
    private final @Nullable Founder founder;
    private volatile @Nullable Running running;
    private volatile boolean isAsleep;
    private final AtomicReference<@Nullable Map<String, String>> announced = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;

    /// What there is once the cluster is founded.
    private record Running(SqliteLogStore store, SnapshotFiles snapshots, RaftLoop loop) {
        DiskMetrics disk() {
            return new DiskMetrics(store.bytes(), store.base().index() + 1, snapshots.metrics());
        }
    }

    private RaftEngine(RaftEngineSettings settings, Applier applier, DataFolder folder, TcpTransport transport) {
        this.settings = settings;
        this.applier = applier;
        this.folder = folder;
        this.transport = transport;
        founder = folder.foundingStatus().isFounded() ? null : new Founder(folder, settings, transport, clocks);
    }

    /// The cluster that the data folder at `path` has a log of; empty where it has none yet. Throws [EngineException]
    /// where the folder cannot say.
    public static Optional<ClusterId> clusterIn(Path path) {
        return DataFolder.cluster(path);
    }

    /// Opens the log and the node port, and restores the node; nothing is sent before [#start]. Throws
    /// [EngineException] with a sentence for the operator where that is not possible.
    ///
    /// In a new folder there is no log yet: it begins when all founders have agreed on who they are.
    public static RaftEngine open(RaftEngineSettings settings, Applier applier) {
        var folder = DataFolder.open(settings.folder(), settings.identity());
        SqliteLogStore store = null;
        TcpTransport transport = null;
        try {
            store = EngineOpening.log(folder, settings);
            transport = EngineOpening.transport(settings, folder, store);
            var engine = new RaftEngine(settings, applier, folder, transport);
            if (store != null) {
                engine.begin(store);
            }
            return engine;
        } catch (EngineException e) {
            if (transport != null) {
                transport.close();
            }
            if (store != null) {
                store.close();
            }
            folder.close();
            throw e;
        }
    }

    /// Takes part with the log in `store`.
    private RaftLoop begin(SqliteLogStore store) {
        var snapshots = SnapshotFiles.open(settings.folder(), settings.identity());
        var loop = new RaftLoop(
                settings.raft(), new RaftLoop.Ports(store, snapshots, transport, clocks, applier, this::ring));
        EngineOpening.compareMembers(settings, loop.configuration());
        transport.listen(loop);
        transport.listenToGreetings(new PeerAdmission(settings.identity().node(), store, loop));
        running = new Running(store, snapshots, loop);
        return loop;
    }

    @Override
    public Guarantees guarantees() {
        return GUARANTEES;
    }

    @Override
    public void start() {
        thread = UrgentThreads.start("muster-raft", this::run);
    }

    @Override
    public Leadership leadership() {
        Running now = running;
        return now == null ? Leadership.unknown(0) : now.loop().leadership();
    }

    @Override
    public void propose(Proposal proposal) {
        Running now = running;
        if (now == null) {
            proposal.completed(new Outcome.NotLeader(new Outcome.Hint.Nobody()));
        } else {
            now.loop().propose(proposal);
        }
    }

    @Override
    public void readBarrier(Consumer<Barrier> answer) {
        Running now = running;
        if (now == null) {
            answer.accept(new Barrier.Unavailable(whyNotRunning()));
        } else {
            now.loop().readBarrier(answer);
        }
    }

    @Override
    public void transfer(Successor to, Consumer<TransferAnswer> answer) {
        Running now = running;
        if (now == null) {
            answer.accept(new TransferAnswer.Refused(whyNotRunning()));
        } else {
            now.loop().transfer(to, answer);
        }
    }

    @Override
    public void changeMembers(MemberChange change, Consumer<MemberAnswer> answer) {
        Running now = running;
        if (now == null) {
            answer.accept(new MemberAnswer.Refused(new MemberRefusal.Unavailable(whyNotRunning())));
        } else {
            VersionCheck.refuse(change, now.loop().status(), applier.featureLevel())
                    .ifPresentOrElse(
                            reason -> answer.accept(new MemberAnswer.Refused(reason)),
                            () -> now.loop().changeMembers(change, answer));
        }
    }

    private String whyNotRunning() {
        return notReadyReason().orElse("the cluster is being founded");
    }

    @Override
    public long lineage() {
        return ONLY_LINEAGE;
    }

    @Override
    public EngineStatus status() {
        Running now = running;
        return now == null
                ? Objects.requireNonNull(founder, "a log or a founder").status()
                : now.disk().addTo(now.loop().status());
    }

    @Override
    public EngineReport report() {
        Running now = running;
        return now == null
                ? Objects.requireNonNull(founder, "a log or a founder").report()
                : now.loop().report();
    }

    @Override
    public Optional<String> notReadyReason() {
        return running != null || founder == null ? Optional.empty() : Optional.of(founder.waiting());
    }

    /// The others get them within a tick, or when they are met again.
    @Override
    public void announce(Map<String, String> attributes) {
        announced.set(Map.copyOf(attributes));
    }

    @Override
    public List<EngineGauge> gauges() {
        return RaftGauges.of(this, applier, this::disk, settings.maxLogBytes());
    }

    private DiskMetrics disk() {
        Running now = running;
        return now == null ? DiskMetrics.NONE : now.disk();
    }

    @Override
    public long logBytes() {
        return disk().logBytes();
    }

    /// How often this node has synced its log since it was opened: what a write costs the disk.
    public long syncs() {
        Running now = running;
        return now == null ? 0 : now.store().syncs();
    }

    @Override
    public void close() {
        Thread started = thread;
        if (!isClosing.compareAndSet(false, true)) {
            if (!Thread.currentThread().equals(started)) {
                awaitClosed();
            }
            return;
        }
        try {
            closeAll(started);
        } finally {
            closed.countDown();
        }
    }

    /// A second call returns once everything is closed as well: a folder that is still locked cannot be opened anew.
    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll(@Nullable Thread started) {
        if (started != null && !started.equals(Thread.currentThread())) {
            transport.wake();
            join(started);
        }
        Running now = running;
        if (now != null && started == null) {
            now.loop().stop("the engine was closed");
        }
        transport.close();
        if (now == null) {
            folder.close();
        } else {
            now.snapshots().close();
            now.store().close();
        }
    }

    private void run() {
        try {
            Running now = running;
            RaftLoop loop = now == null ? found() : now.loop();
            if (loop != null) {
                run(loop);
            }
        } catch (EngineException e) {
            log.error(
                    "engine stopped node={} reason=\"{}\"", settings.identity().node(), e.getMessage());
            applier.engineStopped(String.valueOf(e.getMessage()));
        }
    }

    /// The loop of a cluster that all founders have agreed to; null where the engine is closed before.
    private @Nullable RaftLoop found() {
        var founding = Objects.requireNonNull(founder, "who has no log founds");
        Configuration configuration = founding.run(isClosing::get).orElse(null);
        if (configuration == null) {
            return null;
        }
        var store = SqliteLogStore.found(folder, configuration, SqliteLogStore.size(settings.maxLogBytes()));
        log.info("founded node={} voters={}", settings.identity().node(), configuration.identities());
        RaftLoop loop = begin(store);
        transport.introduceAs(EngineOpening.identity(settings, folder, store));
        return loop;
    }

    private void run(RaftLoop loop) {
        try {
            while (!isClosing.get()
                    && !loop.isStopped()
                    && loop.members().removal().isEmpty()) {
                Map<String, String> attributes = announced.getAndSet(null);
                if (attributes != null) {
                    transport.say(attributes);
                }
                loop.runOnce();
                rest(loop);
            }
            loop.leave();
            loop.stop("the engine was closed");
            loop.members().removal().ifPresent(this::leaveForGood);
        } catch (RuntimeException | Error e) {
            // A loop that contradicts itself, or an applier that cannot go on, is not retried: the node stops (T43).
            log.error("loop broken", e);
            loop.fail(String.valueOf(e.getMessage()));
        }
    }

    /// The folder says so before anybody hears of it: it is not started again.
    private void leaveForGood(String reason) {
        log.warn(
                "this node is no member any more node={} reason=\"{}\"",
                settings.identity().node(),
                reason);
        folder.markRemoved(reason);
        applier.removed(reason);
    }

    /// Takes in what the network has, and waits for it until something arrives or a tick is due.
    ///
    /// A thread that adds an event reads `isAsleep` afterwards, and this thread looks for events after
    /// setting it: at least one of the two sees what the other did.
    private void rest(RaftLoop loop) {
        isAsleep = true;
        long millis = (loop.tickDueNanos() - clocks.nanos() + 999_999) / 1_000_000;
        transport.poll(loop.hasArrivals() ? 0 : Math.max(millis, 0));
        isAsleep = false;
    }

    private void ring() {
        if (isAsleep) {
            transport.wake();
        }
    }

    private static void join(Thread running) {
        try {
            if (!running.join(PATIENCE)) {
                throw new EngineException("the engine's loop did not end within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while closing the engine", e);
        }
    }
}
