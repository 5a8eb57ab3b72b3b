package io.muster.simulation;

import io.muster.coordinator.Coordinator;
import io.muster.coordinator.CoordinatorFacts;
import io.muster.coordinator.WorkerAnswer;
import io.muster.coordinator.WorkerReport;
import io.muster.encoding.Bytes;
import io.muster.log.Applier;
import io.muster.log.CommittedBatch;
import io.muster.log.Engine;
import io.muster.log.Leadership;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import io.muster.raft.Configuration;
import io.muster.raft.Founding;
import io.muster.raft.FoundingStatus;
import io.muster.raft.RaftConfig;
import io.muster.raft.VoterId;
import io.muster.raftruntime.RaftLoop;
import io.muster.raftruntime.RaftSettings;
import io.muster.state.ClusterState;
import io.muster.state.StateDigests;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One node over all its lives: the production event loop and the production coordinator, over simulated ports.
final class SimNode {
    /// How often a node looks at its clock by itself; a doorbell brings it there sooner.
    private static final long PULSE_NANOS = 5_000_000;

    private final NodeId id;
    private final SortedSet<NodeId> founders;
    private final Parts parts;
    private final SimDisk disk;
    private final SimClocks clocks;
    private long life;
    private @Nullable Life current;
    private long pausedUntilNanos;
    private int slowestMicros;
    private boolean isLost;

    /// What all parties of a simulation share.
    record Parts(Agenda agenda, Chance chance, SimNetwork network, Oracle oracle) {}

    /// @param founders everybody who founded the cluster
    SimNode(NodeId id, SortedSet<NodeId> founders, Parts parts, SimDisk disk, SimClocks clocks) {
        this.id = id;
        this.founders = founders;
        this.parts = parts;
        this.disk = disk;
        this.clocks = clocks;
    }

    NodeId id() {
        return id;
    }

    SimDisk disk() {
        return disk;
    }

    SimClocks clocks() {
        return clocks;
    }

    String name() {
        return id.value();
    }

    boolean isUp() {
        return current != null;
    }

    /// Which life this is; what belongs to an earlier one is void.
    long life() {
        return life;
    }

    /// The process starts, unless it runs, with what its disk has kept. One without a log asks whomever it can reach,
    /// and ends where that leaves it without one.
    void start() {
        if (isUp() || isLost || !disk.foundingStatus().isFounded() && !isFounded()) {
            return;
        }
        life++;
        var next = new Life(life);
        current = next;
        next.begin();
        parts.network().up(id, disk.foundingStatus(), next.link, next.loop());
    }

    /// Whether there is a log once everybody within reach was heard.
    private boolean isFounded() {
        var founding = new Founding(id, founders, disk.foundingStatus());
        parts.network().greet(id).forEach(founding::heard);
        while (true) {
            switch (founding.next()) {
                case Founding.Step.Bind(FoundingStatus bound) -> disk.bind(bound);
                case Founding.Step.Found(Configuration voters) -> {
                    disk.found(voters);
                    return true;
                }
                case Founding.Step.Lost(NodeId witness, FoundingStatus _) -> {
                    parts.oracle().note(id + " is told by " + witness + " that its folder was lost");
                    isLost = true;
                    return false;
                }
                case Founding.Step.Wait _, Founding.Step.Stuck _ -> {
                    return false;
                }
            }
        }
    }

    /// The process is gone, and so is all that its folder held.
    void loseFolder() {
        parts.oracle().note("empty the folder of " + id);
        crash();
        disk.empty(new VoterId(parts.chance().any(), parts.chance().any()));
    }

    /// The process is gone at once, with everything that was not synced.
    void crash() {
        if (current != null) {
            parts.oracle().note("crash " + id);
            current = null;
            disk.crash();
            parts.network().down(id);
        }
    }

    /// The process does nothing for a while, as in a long pause of its machine.
    void pause(long nanos) {
        pausedUntilNanos = parts.agenda().nowNanos() + nanos;
    }

    /// Each thing it does begins up to `micros` later than it would: a machine that is busy with something else.
    void slow(int micros) {
        slowestMicros = micros;
    }

    /// Nothing keeps the process from running.
    void heal() {
        pausedUntilNanos = 0;
        slowestMicros = 0;
        disk.heal();
    }

    Leadership leadership() {
        return current == null ? Leadership.unknown(0) : current.loop().leadership();
    }

    /// Whether this node believes in its own leadership at this instant.
    boolean isTrusted() {
        return current != null && leadership().isTrustedAt(clocks.nanos());
    }

    long appliedIndex() {
        return current == null ? 0 : current.appliedIndex;
    }

    /// What is known here; only while the node is up.
    ClusterState state() {
        return live().coordinator.state();
    }

    /// Something flips in the memory of the process.
    void spoil() {
        var at = live();
        at.post(at.memory::spoil);
    }

    /// Whether that life still runs and its memory is spoilt.
    boolean isSpoilt(long asked) {
        var at = current;
        return at != null && life == asked && at.memory.isSpoilt();
    }

    void propose(Proposal proposal) {
        live().loop().propose(proposal);
    }

    void readBarrier(Consumer<Engine.Barrier> answer) {
        live().loop().readBarrier(answer);
    }

    /// Runs `act` once life number `asked` has applied entry `index`; never, if that life ends before.
    void whenApplied(long asked, long index, Runnable act) {
        var at = current;
        if (at == null || life != asked) {
            return;
        }
        if (at.appliedIndex < index) {
            at.later(200_000, () -> whenApplied(asked, index, act));
        } else {
            act.run();
        }
    }

    void exchange(WorkerReport report, Consumer<WorkerAnswer> sink) {
        var at = live();
        at.post(() -> at.coordinator.exchange(report, sink, clocks.nanos()));
    }

    void channelClosed(NodeId worker, long incarnation) {
        var at = current;
        if (at != null) {
            at.post(() -> at.coordinator.channelClosed(worker, incarnation, clocks.nanos()));
        }
    }

    /// The limits of one life: often so tight that every batch travels and is acknowledged by itself, and that what is
    /// older than a moment must be read from the disk; sometimes so low that clients meet them.
    private static RaftConfig limits(Chance chance) {
        var usual = RaftConfig.DEFAULT;
        boolean isTight = chance.oneIn(2);
        boolean isPoor = chance.oneIn(4);
        return new RaftConfig(
                usual.electionTicksMin(),
                usual.electionTicksMax(),
                usual.heartbeatTicks(),
                usual.vanishTicksMax(),
                usual.retryTicks(),
                usual.stallTicks(),
                usual.barrierTicks(),
                isPoor ? 20 : usual.maxBarriers(),
                isTight ? 1 : usual.maxAppendBytes(),
                isTight ? 1 : usual.maxInflightAppends(),
                usual.maxInflightBytes(),
                isTight ? 2_000 : usual.windowBytes(),
                isPoor ? 20_000 : usual.maxUncommittedBytes());
    }

    private Life live() {
        var live = current;
        if (live == null) {
            throw new IllegalStateException(id + " is down");
        }
        return live;
    }

    /// One life of the node's process.
    private final class Life implements Applier {
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

        Life(long number) {
            this.number = number;
            link = parts.network().transport(id, number, clocks, this::ring);
            coordinator =
                    new Coordinator(id, proposal -> loop().propose(proposal), this::post, _ -> {}, (what, why) -> {
                        throw new IllegalStateException(id + " made a mistake over " + what, why);
                    });
            memory = new Memory(id, founders.size(), parts.oracle(), coordinator);
        }

        void begin() {
            var settings = new RaftSettings(
                    id,
                    parts.chance().any(),
                    limits(parts.chance()),
                    RaftSettings.DEFAULT_TICK,
                    RaftSettings.DEFAULT_CLOCK_TOLERANCE);
            parts.oracle().messages().begins(id, disk);
            loop = new RaftLoop(settings, new RaftLoop.Ports(disk.open(), link, clocks, this, this::ring));
            pulse();
        }

        RaftLoop loop() {
            var opened = loop;
            if (opened == null) {
                throw new IllegalStateException(id + " has not begun");
            }
            return opened;
        }

        @Override
        public void deliver(CommittedBatch batch) {
            post(() -> {
                parts.oracle().committed(id, batch);
                if (memory.apply(batch, clocks.nanos())) {
                    appliedIndex = batch.lastIndex();
                } else {
                    crash();
                }
            });
        }

        @Override
        public long appliedIndex() {
            return appliedIndex;
        }

        @Override
        public void leadershipChanged(Leadership leadership) {
            if (leadership.isMine()) {
                parts.oracle().leads(id, number, leadership.term());
            }
            post(() -> coordinator.leadershipChanged(leadership, clocks.nanos()));
        }

        @Override
        public void engineStopped(String reason) {
            if (!reason.contains("simulated disk")) {
                throw parts.oracle().violation(id + " stopped by itself: " + reason);
            }
            parts.agenda().in(0, () -> {
                if (life == number) {
                    crash();
                }
            });
        }

        void post(Runnable act) {
            acts.add(act);
            if (!isActing) {
                isActing = true;
                later(parts.chance().nanos(2, 40), this::act);
            }
        }

        private void act() {
            isActing = false;
            for (int left = acts.size(); left > 0 && current == this; left--) {
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
                post(this::wake);
            }
            later(PULSE_NANOS, this::pulse);
        }

        private void wake() {
            link.tell(StateDigests.text(coordinator.state().comparable()));
            var facts = new CoordinatorFacts(ClusterState.FEATURE_LEVEL, List.of(), founders.size(), link.told());
            coordinator.wake(facts, clocks.nanos());
        }

        /// Plans an act of this life: it is void after a crash and waits while the process is paused.
        private void later(long nanos, Runnable act) {
            long late = slowestMicros == 0 ? 0 : parts.chance().nanos(0, slowestMicros);
            parts.agenda().in(nanos + late, () -> {
                if (life != number || current != this) {
                    return;
                }
                long wait = pausedUntilNanos - parts.agenda().nowNanos();
                if (wait > 0) {
                    later(wait, act);
                } else {
                    act.run();
                }
            });
        }
    }

    /// A proposal whose outcome goes to `then`; for clients of the simulation.
    record Ask(Bytes encoded, Consumer<Outcome> then) implements Proposal {
        @Override
        public byte[] envelope() {
            return encoded.array();
        }

        @Override
        public long term() {
            return 0;
        }

        @Override
        public void completed(Outcome outcome) {
            then.accept(outcome);
        }
    }
}
