package io.muster.raft;

import io.muster.cluster.Applier;
import io.muster.cluster.Engine;
import io.muster.cluster.EngineStatus;
import io.muster.cluster.Guarantees;
import io.muster.cluster.Leadership;
import io.muster.cluster.Proposal;
import io.muster.consensus.Configuration;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The embedded engine: consensus among the nodes themselves, no other server.
///
/// Three threads: `muster-raft` runs the [RaftLoop] and the network, `muster-log-writer` writes and syncs the log,
/// `muster-log-reader` reads old batches for followers and appliers that are far behind.
public final class RaftEngine implements Engine {
    private static final Guarantees GUARANTEES = new Guarantees(
            "raft",
            Guarantees.Durability.MAJORITY_SYNCED,
            Guarantees.Reads.LINEARIZABLE,
            Guarantees.LineageChange.NEVER);

    /// A log that never loses an acknowledged command has one history.
    private static final long ONLY_LINEAGE = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(RaftEngine.class);

    private final SqliteLogStore store;
    private final TcpTransport transport;
    private final Clocks clocks;
    private final RaftLoop loop;
    private final AtomicBoolean isClosing = new AtomicBoolean();
    private volatile boolean isAsleep;
    private @Nullable Thread thread;

    private RaftEngine(SqliteLogStore store, TcpTransport transport, RaftSettings settings, Applier applier) {
        this.store = store;
        this.transport = transport;
        this.clocks = new SystemClocks();
        this.loop = new RaftLoop(settings, new RaftLoop.Ports(store, transport, clocks, applier, this::ring));
        transport.listen(loop);
    }

    /// Opens the log and the node port, and restores the node; nothing is sent before [#start]. Throws
    /// [EngineException] with a sentence for the operator where that is not possible.
    public static RaftEngine open(RaftEngineSettings settings, Applier applier) {
        LogIdentity identity = settings.identity();
        var store =
                SqliteLogStore.open(settings.folder(), identity, settings.voters(), SqliteLogStore.DEFAULT_MAX_BYTES);
        TcpTransport transport = null;
        try {
            var sender = new Frame.Sender(identity.group(), identity.cluster(), store.incarnation());
            var local = new Local(sender, settings.hello());
            transport = TcpTransport.open(settings.listen(), settings.peers(), local, new SystemClocks());
            var engine = new RaftEngine(store, transport, settings.raft(), applier);
            requireVoters(engine.loop.configuration(), settings);
            return engine;
        } catch (EngineException e) {
            if (transport != null) {
                transport.close();
            }
            store.close();
            throw e;
        }
    }

    @Override
    public Guarantees guarantees() {
        return GUARANTEES;
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().name("muster-raft").start(this::run);
    }

    @Override
    public Leadership leadership() {
        return loop.leadership();
    }

    @Override
    public void propose(Proposal proposal) {
        loop.propose(proposal);
    }

    @Override
    public void readBarrier(Consumer<Barrier> answer) {
        loop.readBarrier(answer);
    }

    @Override
    public long lineage() {
        return ONLY_LINEAGE;
    }

    @Override
    public EngineStatus status() {
        return loop.status();
    }

    /// How often this node has synced its log since it was opened: what a write costs the disk.
    public long syncs() {
        return store.syncs();
    }

    @Override
    public void close() {
        if (!isClosing.compareAndSet(false, true)) {
            return;
        }
        Thread running = thread;
        if (running == null) {
            loop.stop("the engine was closed");
        } else if (!running.equals(Thread.currentThread())) {
            transport.wake();
            join(running);
        }
        transport.close();
        store.close();
    }

    private void run() {
        try {
            while (!isClosing.get() && !loop.isStopped()) {
                loop.runOnce();
                rest();
            }
            loop.leave();
            loop.stop("the engine was closed");
        } catch (RuntimeException | Error e) {
            // A loop that contradicts itself, or an applier that cannot go on, is not retried: the node stops (T43).
            log.error("event=loop_broken", e);
            loop.fail(String.valueOf(e.getMessage()));
        }
    }

    /// Takes in what the network has, and waits for it until something arrives or the next tick is due. Whoever adds an
    /// arrival looks at
    /// `isAsleep` after adding, and this thread looks for arrivals after setting it: one of the two sees the other.
    private void rest() {
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

    private static void requireVoters(Configuration stored, RaftEngineSettings settings) {
        if (!stored.equals(settings.voters())) {
            throw new EngineException("the log in " + settings.folder() + " says that " + stored.voters()
                    + " vote, the configuration says " + settings.voters().voters()
                    + ": voters cannot be changed by configuration; give the node the peers it was begun with");
        }
    }
}
