package io.muster.node;

import io.muster.coordinator.Coordinator;
import io.muster.coordinator.CoordinatorExecutor;
import io.muster.coordinator.CoordinatorFacts;
import io.muster.coordinator.RequestFailures;
import io.muster.encoding.Invariant;
import io.muster.log.Applier;
import io.muster.log.CommittedBatch;
import io.muster.log.FrozenState;
import io.muster.log.Leadership;
import io.muster.log.Outcome;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import io.muster.log.StopException;
import io.muster.state.ClusterState;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that owns the coordinator: everything that touches the cluster's state is an act in its queue.
///
/// The queue needs no bound of its own: the engine stops delivering while too much is unapplied, and every other act
/// stands for a request that the API's admission has let in.
final class CoordinatorLoop implements Applier, CoordinatorExecutor, RequestFailures, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CoordinatorLoop.class);

    /// No act takes as long as this: a batch takes milliseconds.
    private static final int HUNG_SECONDS = 2;

    private final BlockingQueue<Runnable> acts = new LinkedBlockingQueue<>();
    private final String name;
    private final Function<Coordinator, CoordinatorFacts> facts;
    private final Consumer<String> onFailure;
    private final Thread thread;
    private final AtomicLong requestFailures = new AtomicLong();
    private volatile boolean isEnded;
    private volatile boolean isRemoved;
    private volatile long busySinceNanos;
    private volatile long appliedIndex;
    private volatile long comparedIndex;
    private volatile int featureLevel;
    private volatile long openBlock;
    private volatile long lineage = 1;

    /// Acts that wait for an entry, lowest first; touched by this thread only.
    private final PriorityQueue<Waiter> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiter::index));

    private volatile @Nullable Coordinator coordinator;
    private volatile Runnable onLeadershipChange = () -> {};

    /// @param name the node's name, for the log lines and the thread
    /// @param facts what the coordinator is told about its surroundings at each wake, asked on this thread
    /// @param onFailure is told why this node must stop
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: it only shortens the wait for a turn.
    CoordinatorLoop(String name, Function<Coordinator, CoordinatorFacts> facts, Consumer<String> onFailure) {
        this.name = name;
        this.facts = facts;
        this.onFailure = onFailure;
        // What the leader decides waits for this thread, as its leadership for the engine's: see the launcher's flags.
        thread = Thread.ofPlatform()
                .name("coordinator-" + name)
                .priority(Thread.MAX_PRIORITY)
                .unstarted(this::run);
    }

    /// Starts with `owned`, which nobody else may touch from now on.
    void start(Coordinator owned) {
        coordinator = owned;
        thread.start();
    }

    /// Runs an act for a request. Whatever it throws, short of an [Error], ends that request and not this thread.
    @Override
    public void execute(Runnable act) {
        acts.add(() -> confined(act));
    }

    private void confined(Runnable act) {
        try {
            act.run();
        } catch (RuntimeException e) {
            happened("an act of the coordinator", e);
        }
    }

    @Override
    public void happened(String what, RuntimeException why) {
        requestFailures.incrementAndGet();
        log.error("request failed node={} what=\"{}\" reason=\"{}\"", name, what, why.toString(), why);
    }

    /// How many requests ended in a mistake of this node's since it started.
    long requestFailures() {
        return requestFailures.get();
    }

    /// What the log says is not confined: a state that cannot apply it stops the node.
    @Override
    public void deliver(CommittedBatch batch) {
        acts.add(new Delivery(batch));
        if (isEnded) {
            abandon();
        }
    }

    private void apply(CommittedBatch batch) {
        Optional<String> doubt = owned().state().undecided();
        owned().deliver(batch, System.nanoTime());
        tellOfDoubt(doubt, owned().state().undecided());
        show(batch.lastIndex());
    }

    /// Shows what is known now to other threads, and to the acts that waited for it.
    private void show(long index) {
        appliedIndex = index;
        comparedIndex = owned().state().undecided().isEmpty() ? owned().state().comparedIndex() : 0;
        featureLevel = owned().state().featureLevel();
        lineage = owned().state().lineage();
        openBlock = owned().state().jobs().openBlockNumber();
        while (!waiting.isEmpty() && waiting.peek().index() <= appliedIndex) {
            confined(waiting.poll().act());
        }
    }

    @Override
    public void freeze(Consumer<FrozenState> answer) {
        acts.add(() -> answer.accept(owned().freeze()));
    }

    @Override
    public void install(SnapshotMeta meta, SnapshotReader reader) {
        acts.add(new Installation(meta, reader));
        if (isEnded) {
            abandon();
        }
    }

    private void begin(SnapshotMeta meta, SnapshotReader reader) {
        long begunNanos = System.nanoTime();
        owned().install(reader::section, begunNanos);
        show(meta.lastIndex());
        log.info(
                "snapshot installed node={} index={} millis={}",
                name,
                meta.lastIndex(),
                (System.nanoTime() - begunNanos) / 1_000_000);
    }

    /// Says when the nodes' states came to differ without a majority, and when that is over.
    private void tellOfDoubt(Optional<String> before, Optional<String> now) {
        if (now.isPresent() && before.isEmpty()) {
            log.error("states differ node={} reason=\"{}\"", name, now.get());
        } else if (now.isEmpty() && before.isPresent()) {
            log.info("states agree again node={}", name);
        }
    }

    /// Tells the proposals of what will not be applied here any more.
    private void abandon() {
        for (Runnable act = acts.poll(); act != null; act = acts.poll()) {
            if (act instanceof Delivery delivery) {
                var unknown = new Outcome.Unknown("the state machine stopped before it applied this");
                delivery.batch.proposals().forEach(proposal -> proposal.completed(unknown));
            } else if (act instanceof Installation installation) {
                installation.reader.close();
            }
        }
    }

    @Override
    public long appliedIndex() {
        return appliedIndex;
    }

    @Override
    public long comparedIndex() {
        return comparedIndex;
    }

    /// Why what is committed is not applied here: one act that does not end holds up everything behind it.
    Optional<String> notReadyReason() {
        long seconds = busy().toSeconds();
        return seconds < HUNG_SECONDS
                ? Optional.empty()
                : Optional.of("the state machine has been at one act for " + seconds + " s and applies nothing");
    }

    /// How long the act that runs now has run; zero where none does.
    Duration busy() {
        long since = busySinceNanos;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    @Override
    public int featureLevel() {
        return featureLevel;
    }

    /// Which history of the log this is, as the state says.
    long lineage() {
        return lineage;
    }

    /// The number of the open history block, as applied here: every block below it is closed.
    long openBlock() {
        return openBlock;
    }

    /// Runs `act` on this thread once everything up to `index` is applied.
    void whenApplied(long index, Runnable act) {
        execute(() -> {
            if (index <= appliedIndex) {
                act.run();
            } else {
                waiting.add(new Waiter(index, act));
            }
        });
    }

    @Override
    public void leadershipChanged(Leadership leadership) {
        acts.add(() -> owned().leadershipChanged(leadership, System.nanoTime()));
        onLeadershipChange.run();
    }

    @Override
    public void engineStopped(String reason) {
        onFailure.accept(reason);
    }

    @Override
    public void removed(String reason) {
        isRemoved = true;
        onFailure.accept(reason);
    }

    /// Whether this node had to stop because it is no member any more.
    boolean isRemoved() {
        return isRemoved;
    }

    /// Runs `change` after every change of leadership; it must not block.
    void onLeadershipChange(Runnable change) {
        var before = onLeadershipChange;
        onLeadershipChange = () -> {
            before.run();
            change.run();
        };
    }

    /// Reads the state between two batches.
    <T> CompletionStage<T> read(Function<ClusterState, T> question) {
        var answer = new CompletableFuture<T>();
        execute(() -> {
            try {
                answer.complete(question.apply(owned().state()));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /// Runs `act` with the coordinator.
    void withCoordinator(Consumer<Coordinator> act) {
        execute(() -> act.accept(owned()));
    }

    @Override
    public void close() {
        acts.add(Stop.NOW);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            long nextWake = System.nanoTime();
            while (true) {
                var act = acts.poll(Math.max(0, nextWake - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (act instanceof Stop) {
                    return;
                }
                if (act != null) {
                    busySinceNanos = System.nanoTime();
                    act.run();
                    busySinceNanos = 0;
                }
                if (System.nanoTime() - nextWake >= 0) {
                    nextWake = System.nanoTime() + Coordinator.WAKE_NANOS;
                    owned().wake(facts.apply(owned()), System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            onFailure.accept("the thread of the state machine was interrupted");
        } catch (StopException e) {
            String reason = String.valueOf(e.getMessage());
            log.error("coordinator stopped node={} reason=\"{}\"", name, reason);
            onFailure.accept("the state machine stopped: " + reason);
        } catch (RuntimeException | Error e) {
            // A node whose state stands still would go on voting and answering: it stops instead, whatever it was.
            log.error("coordinator stopped node={} reason=\"{}\"", name, e.toString(), e);
            onFailure.accept("the state machine stopped: " + e);
        } finally {
            isEnded = true;
            abandon();
        }
    }

    private Coordinator owned() {
        return Invariant.present(coordinator, "nobody asks for the coordinator before it was started");
    }

    /// A batch to apply.
    private final class Delivery implements Runnable {
        private final CommittedBatch batch;

        Delivery(CommittedBatch batch) {
            this.batch = batch;
        }

        @Override
        public void run() {
            apply(batch);
        }
    }

    /// A snapshot to begin anew from.
    private final class Installation implements Runnable {
        private final SnapshotMeta meta;
        private final SnapshotReader reader;

        Installation(SnapshotMeta meta, SnapshotReader reader) {
            this.meta = meta;
            this.reader = reader;
        }

        @Override
        public void run() {
            try (reader) {
                begin(meta, reader);
            }
        }
    }

    private record Waiter(long index, Runnable act) {}

    /// The last act.
    private enum Stop implements Runnable {
        NOW;

        @Override
        public void run() {
            // The loop ends when it meets this act; there is nothing to do for it.
        }
    }
}
