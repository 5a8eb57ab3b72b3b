package io.muster.simulation;

import io.muster.coordinator.WorkerAnswer;
import io.muster.coordinator.WorkerReport;
import io.muster.encoding.Bytes;
import io.muster.log.Engine;
import io.muster.log.Leadership;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import io.muster.log.Standing;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import io.muster.log.VoterId;
import io.muster.raft.Configuration;
import io.muster.raft.Founding;
import io.muster.raft.FoundingStatus;
import io.muster.state.ClusterState;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One node over all its lives: its disk and its clocks outlive each [SimNodeProcess].
final class SimNode {
    private final NodeId id;
    private final SortedSet<NodeId> founders;
    private final Parts parts;
    private final SimDisk disk;
    private final SimClocks clocks;
    private long life;
    private @Nullable SimNodeProcess current;
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

    SortedSet<NodeId> founders() {
        return founders;
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

    /// The process starts, unless it runs, with what its disk has kept. One without a log asks the nodes
    /// that it can reach, and ends where that leaves it without one.
    void start() {
        if (isUp() || isLost || !disk.isBegun() && !isFounded()) {
            return;
        }
        life++;
        var next = new SimNodeProcess(this, parts, life);
        current = next;
        next.begin();
        parts.network().up(id, disk.foundingStatus(), next.link(), next.loop());
    }

    /// Whether there is a log once everybody within reach was heard.
    private boolean isFounded() {
        if (!founders.contains(id)) {
            return false;
        }
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

    /// The process, which does not run, is to be started with an empty folder by one who wants it to be
    /// added.
    void join(VoterId identity) {
        parts.oracle().note(id + " begins with an empty folder");
        disk.empty(identity);
        disk.join();
        isLost = false;
    }

    /// The process is gone, and so is all that its folder held.
    void loseFolder() {
        parts.oracle().note("empty the folder of " + id);
        crash();
        // A founder that was alone has nobody to tell it that there is a cluster already: it would found another.
        isLost = founders.size() == 1;
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

    /// Until when in simulated time the process does nothing.
    long pausedUntilNanos() {
        return pausedUntilNanos;
    }

    /// How much later than it would a thing begins at most, in microseconds.
    int slowestMicros() {
        return slowestMicros;
    }

    /// Whether `process` is the one that runs; what belongs to an earlier one is void.
    boolean isRunning(SimNodeProcess process) {
        return current == process;
    }

    Leadership leadership() {
        return current == null ? Leadership.unknown(0) : current.loop().leadership();
    }

    /// Whether this node believes in its own leadership at this instant.
    boolean isTrusted() {
        return current != null && leadership().isTrustedAt(clocks.nanos());
    }

    long appliedIndex() {
        return current == null ? 0 : current.appliedIndex();
    }

    /// What is known here; only while the node is up.
    ClusterState state() {
        return live().coordinator().state();
    }

    /// Something flips in the memory of the process.
    void spoil() {
        var at = live();
        at.execute(at.memory()::spoil);
    }

    /// Whether that life still runs and its memory is spoilt.
    boolean isSpoilt(long asked) {
        var at = current;
        return at != null && life == asked && at.memory().isSpoilt();
    }

    void propose(Proposal proposal) {
        live().loop().propose(proposal);
    }

    void transfer(Successor to, Consumer<TransferAnswer> answer) {
        live().loop().transfer(to, answer);
    }

    void changeMembers(MemberChange change, Consumer<MemberAnswer> answer) {
        live().loop().changeMembers(change, answer);
    }

    /// Who takes part, as the log of the process says; empty while it is down.
    Optional<Configuration> configuration() {
        return Optional.ofNullable(current).map(process -> process.loop().configuration());
    }

    /// What the node does about leadership, and what its log says of members, for people.
    String said() {
        return current == null
                ? id + " is down"
                : id + " " + current.loop().report().standing() + " in term "
                        + current.loop().status().term() + " with "
                        + disk.configurations().getLast();
    }

    /// Whether the process knows that this node was removed.
    boolean isRemoved() {
        return current != null && current.loop().report().standing() == Standing.REMOVED;
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
        if (at.appliedIndex() < index) {
            at.later(200_000, () -> whenApplied(asked, index, act));
        } else {
            act.run();
        }
    }

    void exchange(WorkerReport report, Consumer<WorkerAnswer> sink) {
        var at = live();
        at.execute(() -> at.coordinator().exchange(report, sink, clocks.nanos()));
    }

    void channelClosed(NodeId worker, long incarnation) {
        var at = current;
        if (at != null) {
            at.execute(() -> at.coordinator().channelClosed(worker, incarnation, clocks.nanos()));
        }
    }

    private SimNodeProcess live() {
        var live = current;
        if (live == null) {
            throw new IllegalStateException(id + " is down");
        }
        return live;
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
