package io.muster.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What goes wrong with processes, disks and clocks.
final class MachineFaults {
    private static final long HOUR_MICROS = 3_600_000_000L;

    /// How far a clock is off that is not a little off.
    private static final List<Long> WRONG_MICROS =
            List.of(HOUR_MICROS, -HOUR_MICROS, 30 * HOUR_MICROS, 10 * 8_766 * HOUR_MICROS, -20 * 8_766 * HOUR_MICROS);

    private final SimNode.Parts parts;
    private final Chance chance;
    private final SimCluster cluster;
    private final LinkFaults links;
    private final BooleanSupplier isOver;

    /// @param isOver whether nothing goes wrong any more
    MachineFaults(SimNode.Parts parts, Chance chance, SimCluster cluster, LinkFaults links, BooleanSupplier isOver) {
        this.parts = parts;
        this.chance = chance;
        this.cluster = cluster;
        this.links = links;
        this.isOver = isOver;
    }

    void crashAndRestart(SimNode node) {
        node.crash();
        startLater(node, 10_000, 2_500_000);
    }

    void crashAndRestart(SimWorker worker) {
        worker.crash();
        parts.agenda().in(chance.nanos(10_000, 6_000_000), worker::start);
    }

    /// Every node loses power, now and then.
    void blackOut() {
        if (chance.oneIn(3)) {
            cluster.nodes().forEach(this::crashAndRestart);
        }
    }

    void pause(SimWorker worker) {
        worker.pause(chance.nanos(200_000, 6_000_000));
    }

    void pause(SimNode node) {
        node.pause(chance.nanos(20_000, 1_500_000));
    }

    void troubleDisk(SimNode node) {
        if (chance.oneIn(3)) {
            node.disk().refuseNextSync();
            startLater(node, 500_000, 2_000_000);
        } else {
            node.disk().stall(chance.nanos(50_000, 3_000_000));
        }
    }

    /// By up to five seconds, forwards or back.
    void stepClock(SimNode node) {
        setClock(node, chance.nanos(0, 10_000_000) / 1_000 - 5_000_000);
    }

    /// The clock of one node of three or more, always the same, is wrong by hours, days or years for a
    /// while. Now and then the clocks of all are set forward by an hour: the date is right with them,
    /// and no time has passed. Where members change, the one that is wrong might be the only voter.
    void loseClock() {
        if (cluster.size() < 3 || cluster.membership() == SimCluster.Membership.CHANGING) {
            return;
        }
        if (chance.oneIn(3)) {
            cluster.nodes().forEach(each -> setClock(each, HOUR_MICROS));
            return;
        }
        var node = cluster.nodes().getLast();
        long wrong = chance.pick(WRONG_MICROS);
        setClock(node, wrong);
        parts.agenda().in(chance.nanos(500_000, 9_000_000), () -> setClock(node, -wrong));
    }

    void slow(SimNode node) {
        parts.oracle().note(node.id() + " is slow");
        node.slow(chance.between(500, 30_000));
        parts.agenda().in(chance.nanos(300_000, 6_000_000), () -> node.slow(0));
    }

    void slowDisk(SimNode node) {
        parts.oracle().note("the disk of " + node.id() + " is slow");
        node.disk().slow(chance.between(1_000, 80_000));
        parts.agenda().in(chance.nanos(300_000, 6_000_000), () -> node.disk().slow(0));
    }

    /// A disk stalls while its node goes on, the node loses power before the sync ends, and `witness`, which may have
    /// what it lost, is out of reach when it comes back at once.
    void loseTheUnsynced(SimNode node, SimNode witness) {
        node.disk().stall(chance.nanos(200_000, 1_500_000));
        parts.agenda().in(chance.nanos(5_000, 400_000), () -> {
            node.crash();
            node.disk().heal();
            if (witness != node) {
                links.isolate(witness);
            }
            startLater(node, 1_000, 60_000);
        });
    }

    /// The leader dies while no disk answers, and voters die in the middle of the elections that follow.
    void electUnderStall(Optional<SimNode> leader) {
        parts.oracle().note("elections while the disks stall");
        cluster.nodes().forEach(node -> node.disk().stall(chance.nanos(50_000, 900_000)));
        leader.ifPresent(this::crashAndRestart);
        for (SimNode node : cluster.nodes()) {
            if (chance.oneIn(2)) {
                parts.agenda().in(chance.nanos(50_000, 900_000), () -> {
                    node.crash();
                    node.disk().heal();
                    startLater(node, 1_000, 30_000);
                });
            }
        }
    }

    /// For a while each elected leader dies within moments: terms begin with entries that only one node
    /// holds, which is what figure 8 of the paper is made of.
    void killLeaders() {
        killLeaders(chance.between(500, 3_000));
    }

    private void killLeaders(int looks) {
        if (looks == 0 || isOver.getAsBoolean()) {
            return;
        }
        for (SimNode node : cluster.nodes()) {
            if (node.leadership().isMine() && chance.oneIn(8)) {
                node.crash();
                startLater(node, 1_000, 400_000);
            }
        }
        parts.agenda().in(1_000_000, () -> killLeaders(looks - 1));
    }

    private void setClock(SimNode node, long micros) {
        parts.oracle().note("the clock of " + node.id() + " is set by " + micros / 1_000 + " ms");
        node.clocks().jump(micros);
        parts.oracle().clock().look();
    }

    private void startLater(SimNode node, int leastMicros, int mostMicros) {
        parts.agenda().in(chance.nanos(leastMicros, mostMicros), () -> {
            if (!isOver.getAsBoolean()) {
                node.start();
            }
        });
    }
}
