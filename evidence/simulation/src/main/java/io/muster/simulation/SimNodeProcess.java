package io.muster.simulation;

import io.muster.coordinator.Coordinator;
import io.muster.coordinator.CoordinatorFacts;
import io.muster.log.Applier;
import io.muster.log.CommittedBatch;
import io.muster.log.FrozenState;
import io.muster.log.Leadership;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import io.muster.raft.RaftConfig;
import io.muster.raftruntime.RaftLoop;
import io.muster.raftruntime.RaftSettings;
import io.muster.state.ClusterState;
import io.muster.state.StateDigests;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One life of a node's process: the production event loop and the production coordinator, over simulated ports.
final class SimNodeProcess implements Applier {
    /// How often a node looks at its clock by itself; a doorbell brings it there sooner.
    private static final long PULSE_NANOS = 5_000_000;

    private final SimNode node;
    private final SimNode.Parts parts;
    private final SimClocks clocks;
    private final long number;
    private final Coordinator coordinator;
    private final Memory memory;
    private final SimNetwork.Link link;
    private final ArrayDeque<Runnable> acts = new ArrayDeque<>();
    private @Nullable RaftLoop loop;
    private boolean isRung;
    private boolean isActing;
    private long appliedIndex;
    private long nextWakeNanos;

    /// @param number which life of `node` this is
    SimNodeProcess(SimNode node, SimNode.Parts parts, long number) {
        this.node = node;
        this.parts = parts;
        this.number = number;
        clocks = node.clocks();
        var id = node.id();
        link = parts.network().transport(id, number, clocks, this::ring);
        coordinator = new Coordinator(id, proposal -> loop().propose(proposal), this::execute, _ -> {}, (what, why) -> {
            throw new IllegalStateException(id + " made a mistake over " + what, why);
        });
        memory = new Memory(id, node.founders().size(), parts.oracle(), coordinator);
    }

    void begin() {
        long seed = parts.chance().any();
        var settings = new RaftSettings(
                node.id(),
                seed,
                limits(parts.chance()),
                RaftSettings.DEFAULT_TICK,
                RaftSettings.DEFAULT_CLOCK_TOLERANCE,
                snapshotLogBytes(parts.chance()),
                seed % 2 == 0 ? RaftSettings.ReadProof.LEASE : RaftSettings.ReadProof.ROUND);
        parts.oracle().messages().begins(node.id(), node.disk());
        var disk = node.disk();
        loop = new RaftLoop(
                settings, new RaftLoop.Ports(disk.open(), disk.snapshots().open(), link, clocks, this, this::ring));
        link.knows(() -> node.disk().configurations().getLast());
        pulse();
    }

    SimNetwork.Link link() {
        return link;
    }

    Coordinator coordinator() {
        return coordinator;
    }

    Memory memory() {
        return memory;
    }

    RaftLoop loop() {
        var opened = loop;
        if (opened == null) {
            throw new IllegalStateException(node.id() + " has not begun");
        }
        return opened;
    }

    @Override
    public void deliver(CommittedBatch batch) {
        execute(() -> {
            parts.oracle().committed(node.id(), batch);
            if (memory.apply(batch, clocks.nanos())) {
                appliedIndex = batch.lastIndex();
            } else {
                node.crash();
            }
        });
    }

    @Override
    public void freeze(Consumer<FrozenState> answer) {
        execute(() -> answer.accept(coordinator.freeze()));
    }

    @Override
    public void install(SnapshotMeta meta, SnapshotReader reader) {
        boolean isStart = loop == null;
        execute(() -> {
            try (reader) {
                memory.install(meta, reader, clocks.nanos());
                if (!isStart) {
                    parts.oracle().rarities().installed(node.id(), meta.lastIndex());
                }
                appliedIndex = meta.lastIndex();
            }
        });
    }

    @Override
    public long appliedIndex() {
        return appliedIndex;
    }

    @Override
    public long comparedIndex() {
        return memory.comparedIndex(appliedIndex);
    }

    @Override
    public int featureLevel() {
        return coordinator.state().featureLevel();
    }

    @Override
    public void leadershipChanged(Leadership leadership) {
        if (leadership.isMine()) {
            parts.oracle().leads(node.id(), number, leadership.term());
        }
        execute(() -> coordinator.leadershipChanged(leadership, clocks.nanos()));
    }

    @Override
    public void engineStopped(String reason) {
        if (!reason.contains("simulated disk")) {
            throw parts.oracle().violation(node.id() + " stopped by itself: " + reason);
        }
        parts.agenda().in(0, () -> {
            if (node.isRunning(this)) {
                node.crash();
            }
        });
    }

    void execute(Runnable act) {
        acts.add(act);
        if (!isActing) {
            isActing = true;
            later(parts.chance().nanos(2, 40), this::act);
        }
    }

    private void act() {
        isActing = false;
        for (int left = acts.size(); left > 0 && node.isRunning(this); left--) {
            var next = acts.poll();
            if (next != null) {
                next.run();
            }
        }
    }

    private void ring() {
        if (!isRung) {
            isRung = true;
            later(parts.chance().nanos(1, 20), this::runLoop);
        }
    }

    private void runLoop() {
        isRung = false;
        loop().runOnce();
        if (loop().hasArrivals()) {
            ring();
        }
    }

    private void pulse() {
        runLoop();
        if (clocks.nanos() >= nextWakeNanos) {
            nextWakeNanos = clocks.nanos() + Coordinator.WAKE_NANOS;
            execute(this::wake);
        }
        later(PULSE_NANOS, this::pulse);
    }

    private void wake() {
        link.tell(StateDigests.text(coordinator.state().comparable()));
        var voters = loop().configuration().voters();
        var told = new TreeMap<>(link.told());
        told.keySet().retainAll(voters);
        var facts = new CoordinatorFacts(
                ClusterState.FEATURE_LEVEL, List.of(), voters.contains(node.id()), voters.size(), told);
        coordinator.wake(facts, clocks.nanos());
    }

    /// Plans an act of this life: it is void after a crash and waits while the process is paused.
    void later(long nanos, Runnable act) {
        long late = node.slowestMicros() == 0 ? 0 : parts.chance().nanos(0, node.slowestMicros());
        parts.agenda().in(nanos + late, () -> {
            if (!node.isRunning(this)) {
                return;
            }
            long wait = node.pausedUntilNanos() - parts.agenda().nowNanos();
            if (wait > 0) {
                later(wait, act);
            } else {
                act.run();
            }
        });
    }

    /// In most lives a snapshot every few batches, so that logs are cut and whoever was away installs
    /// one.
    private static long snapshotLogBytes(Chance chance) {
        return chance.oneIn(4) ? RaftSettings.NO_SNAPSHOTS : chance.between(1_000, 20_000);
    }

    /// The limits of one life: often so tight that every batch travels and is acknowledged by itself, and that what is
    /// older than a moment must be read from the disk; sometimes so low that clients meet them.
    private static RaftConfig limits(Chance chance) {
        var usual = RaftConfig.DEFAULT;
        boolean isTight = chance.oneIn(2);
        boolean isPoor = chance.oneIn(4);
        var appends = usual.appends();
        var memory = usual.memory();
        return new RaftConfig(
                usual.times(),
                isTight ? new RaftConfig.Appends(1, 1, appends.maxInflightBytes()) : appends,
                new RaftConfig.MemoryLimits(
                        isTight ? 2_000 : memory.windowBytes(),
                        isTight ? 500 : memory.keptBytes(),
                        isPoor ? 20_000 : memory.maxUncommittedBytes(),
                        isPoor ? 20 : memory.maxBarriers()));
    }
}
