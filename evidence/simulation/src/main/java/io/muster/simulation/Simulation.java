package io.muster.simulation;

import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.Configuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A whole cluster in one thread under one seed: trouble first, then peace, in which everything must come to its end.
public final class Simulation {
    /// How much simulated time the cluster is in trouble.
    private static final long TROUBLE_NANOS = 20_000_000_000L;

    /// How long it may take to finish everything once nothing goes wrong any more. A job lost at the very end waits for
    /// a lease of 3 s, its retries for some seconds each.
    private static final long PEACE_NANOS = 120_000_000_000L;

    /// How long it may take in peace until a node that is well has applied what was committed before.
    /// An install that is given up and tried again takes longer.
    private static final long TIME_TO_CATCH_UP_NANOS = 25_000_000_000L;

    /// How long it may take in peace until somebody is trusted to lead.
    private static final long TIME_TO_LEADER_NANOS = 10_000_000_000L;

    /// How many voters there are: three in every second seed.
    private static final List<Integer> SIZES = List.of(3, 5, 3, 1, 3, 4, 3, 7, 3, 2, 3, 6, 3, 5);

    /// In one of so many seeds a voter's folder is emptied: afterwards the cluster has one voter less for good.
    private static final int EMPTIED_ONE_IN = 5;

    /// In one of so many seeds a node's memory is spoilt: the log must grow long for it, so not in each.
    private static final int SPOILT_ONE_IN = 6;

    /// In one run of so many leaders hand over, so that all other runs are what they are without that.
    private static final int HANDED_OVER_ONE_IN = 10;

    /// In one run of so many members come and go; all other runs are what they are without that.
    private static final int CHANGED_ONE_IN = 4;

    /// How many nodes there are beside the founders where members change.
    private static final int SPARES = 3;

    private final long seed;
    private final Agenda agenda = new Agenda();
    private final Oracle oracle;
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<SimWorker> workers = new ArrayList<>();
    private final SimClient client;
    private final SimRegisters registers;
    private final Faults faults;
    private final BadMemory memory;
    private final SimMembers members;
    private long lastTrustedNanos;

    /// @param seed everything that happens follows from it
    public Simulation(long seed) {
        this.seed = seed;
        var chance = new Chance(seed);
        oracle = new Oracle(agenda, seed);
        var network = new SimNetwork(agenda, chance.split(), oracle);
        var parts = new SimNode.Parts(agenda, chance.split(), network, oracle);
        int size = chance.pick(SIZES);
        var ids = new TreeSet<NodeId>();
        for (int i = 1; i <= size; i++) {
            ids.add(new NodeId("node-" + i));
        }
        var founders = new TreeMap<NodeId, VoterId>();
        ids.forEach(id -> founders.put(id, new VoterId(seed, id.hashCode())));
        var voters = Configuration.founding(founders);
        Map<NodeId, SimNode> byId = new LinkedHashMap<>();
        for (NodeId id : ids) {
            var clocks = new SimClocks(agenda, chance.between(-200, 200));
            var node = new SimNode(id, ids, parts, new SimDisk(agenda, oracle, chance.split(), id, voters), clocks);
            nodes.add(node);
            byId.put(id, node);
        }
        for (int i = 1; i <= chance.between(2, 4); i++) {
            workers.add(new SimWorker(new NodeId("worker-" + i), parts, byId, chance.between(1, 6)));
        }
        if (changesMembers()) {
            addSpares(ids, parts, byId);
            oracle.members().watch(nodes);
        } else {
            oracle.clock().watch(nodes.stream().map(SimNode::clocks).toList());
        }
        client = new SimClient(parts, chance.split(), nodes);
        registers = new SimRegisters(
                parts, chance.split(), nodes, chance.oneIn(3) ? SimRegisters.Pace.DENSE : SimRegisters.Pace.SPARSE);
        var membership = changesMembers() ? SimCluster.Membership.CHANGING : SimCluster.Membership.FIXED;
        var cluster = new SimCluster(nodes, membership);
        faults = new Faults(parts, chance.split(), cluster, workers);
        members = new SimMembers(parts, new Chance(~seed), cluster);
        memory = new BadMemory(parts, chance.split(), nodes);
    }

    private void addSpares(SortedSet<NodeId> founders, SimNode.Parts parts, Map<NodeId, SimNode> byId) {
        var chance = new Chance(Long.reverse(seed));
        for (int i = 1; i <= SPARES; i++) {
            var id = new NodeId("spare-" + i);
            var clocks = new SimClocks(agenda, chance.between(-200, 200));
            var disk = new SimDisk(agenda, oracle, chance.split(), new VoterId(seed, id.hashCode()));
            var node = new SimNode(id, founders, parts, disk, clocks);
            nodes.add(node);
            byId.put(id, node);
        }
    }

    /// What a run showed.
    ///
    /// @param seed its seed
    /// @param trace a fingerprint of everything that happened
    /// @param accepted how many jobs clients were told of
    /// @param counted how many results counted
    /// @param entries how long the log became
    /// @param snapshots how often the state was written and read back
    /// @param seen which rare things happened
    public record RunSummary(
            long seed, long trace, int accepted, long counted, long entries, int snapshots, Set<Rarity> seen) {}

    /// Runs the simulation; throws [ViolationException] where an invariant breaks or the end is not reached.
    public RunSummary run() {
        try {
            begin();
            runUntil(TROUBLE_NANOS);
            faults.heal();
            members.finish();
            long before = oracle.committedIndex();
            client.finish();
            registers.finish();
            registers.check();
            while (!isSettled()) {
                if (agenda.nowNanos() > TROUBLE_NANOS + PEACE_NANOS) {
                    throw oracle.violation("no end is reached in peace: " + whatIsMissing());
                }
                if (agenda.nowNanos() - Math.max(lastTrustedNanos, TROUBLE_NANOS) > TIME_TO_LEADER_NANOS) {
                    throw oracle.violation("nobody leads, in peace, for " + TIME_TO_LEADER_NANOS / 1_000_000 + " ms: "
                            + whatIsMissing());
                }
                if (agenda.nowNanos() > TROUBLE_NANOS + TIME_TO_CATCH_UP_NANOS) {
                    requireCaughtUp(before);
                }
                faults.revive();
                runUntil(agenda.nowNanos() + 100_000_000L);
            }
            registers.check();
        } catch (ViolationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw oracle.violation("the program contradicts itself: " + e, e);
        }
        return new RunSummary(
                seed,
                oracle.trace(),
                oracle.accepted().size(),
                oracle.jobs().counted(),
                oracle.committedIndex(),
                oracle.snapshots().taken(),
                oracle.rarities().seen());
    }

    private void begin() {
        nodes.forEach(SimNode::start);
        workers.forEach(SimWorker::start);
        client.start();
        registers.start();
        faults.start();
        if (seed % EMPTIED_ONE_IN == 0) {
            faults.emptyOne(TROUBLE_NANOS);
        }
        if (handsOver()) {
            faults.handOver();
        }
        if (changesMembers()) {
            members.start();
        }
        if (seed % SPOILT_ONE_IN == SPOILT_ONE_IN - 1) {
            memory.start(TROUBLE_NANOS);
        }
    }

    private void requireCaughtUp(long index) {
        for (SimNode node : sound()) {
            if (node.isUp() && node.appliedIndex() < index) {
                throw oracle.violation(node.id() + " has applied " + node.appliedIndex() + " of " + index + " entries "
                        + TIME_TO_CATCH_UP_NANOS / 1_000_000_000 + " s after the healing");
            }
        }
    }

    private void runUntil(long nanos) {
        while (agenda.nowNanos() < nanos) {
            agenda.next();
            lookAtLeaders();
        }
    }

    private void lookAtLeaders() {
        int trusted = 0;
        for (SimNode node : nodes) {
            trusted += node.isTrusted() ? 1 : 0;
        }
        // A leader whose hand-over came to nothing leads on, and is not trusted in that term any more.
        boolean isLed =
                handsOver() && nodes.stream().anyMatch(node -> node.leadership().isMine());
        if (trusted > 0 || isLed) {
            lastTrustedNanos = agenda.nowNanos();
        }
        if (trusted > 1) {
            oracle.trusted(
                    nodes.stream().filter(SimNode::isTrusted).map(SimNode::id).toList());
        }
    }

    /// Never a run in which a memory is spoilt: that is found out by a majority that must stay the
    /// same.
    private boolean changesMembers() {
        return seed % CHANGED_ONE_IN == 2;
    }

    /// The nodes that must come to the end: where members change, those that a leader has for members.
    private List<SimNode> sound() {
        return changesMembers() ? members.sound() : faults.sound();
    }

    private boolean handsOver() {
        return seed % HANDED_OVER_ONE_IN == 0;
    }

    /// Every job that a client was told of has finished, and every node has applied the whole log.
    private boolean isSettled() {
        return client.unanswered() == 0
                && memory.isOver(faults.sound())
                && oracle.accepted().stream().allMatch(oracle.jobs()::isFinished)
                && (!changesMembers() || members.isSettled())
                && sound().stream().allMatch(node -> node.isUp() && node.appliedIndex() == oracle.committedIndex());
    }

    private String whatIsMissing() {
        var open = oracle.accepted().stream()
                .filter(id -> !oracle.jobs().isFinished(id))
                .sorted()
                .limit(5)
                .map(id -> id + " " + oracle.reference().jobs().explain(id))
                .toList();
        var applied = nodes.stream()
                .map(node -> node.id() + "@" + node.appliedIndex())
                .toList();
        return client.unanswered() + " submissions without answer, open jobs " + open + ", applied " + applied + " of "
                + oracle.committedIndex() + ", well "
                + sound().stream().map(SimNode::id).toList()
                + (changesMembers() ? ", members " + members : "")
                + (memory.isOver(faults.sound()) ? "" : ", a spoilt memory was not found out");
    }
}
