package io.muster.simulation;

import java.util.List;

/// What goes wrong: drawn from the seed, one thing after another, often several at once.
final class Faults {
    private final SimNode.Parts parts;
    private final Chance chance;
    private final List<SimNode> nodes;
    private final List<SimWorker> workers;
    private boolean isOver;

    Faults(SimNode.Parts parts, Chance chance, List<SimNode> nodes, List<SimWorker> workers) {
        this.parts = parts;
        this.chance = chance;
        this.nodes = nodes;
        this.workers = workers;
    }

    void start() {
        parts.agenda().in(chance.nanos(50_000, 1_500_000), () -> {
            if (!isOver) {
                one();
                start();
            }
        });
    }

    /// Nothing goes wrong any more, and what went wrong is mended.
    void heal() {
        isOver = true;
        parts.oracle().note("heal");
        parts.network().heal();
        nodes.forEach(node -> node.disk().heal());
        nodes.stream().filter(node -> !node.isUp()).forEach(SimNode::start);
        workers.stream().filter(worker -> !worker.isUp()).forEach(SimWorker::start);
    }

    /// Mends what a fault that was under way at the healing has still broken.
    void revive() {
        parts.network().heal();
        nodes.stream().filter(node -> !node.isUp()).forEach(SimNode::start);
    }

    private void one() {
        var node = chance.pick(nodes);
        var other = chance.pick(nodes);
        var worker = chance.pick(workers);
        switch (chance.between(0, 20)) {
            case 0, 1 -> crashAndRestart(node);
            case 2 ->
                nodes.stream()
                        .filter(SimNode::isUp)
                        .filter(up -> up.leadership().isMine())
                        .findFirst()
                        .ifPresent(this::crashAndRestart);
            case 3 -> crashAll();
            case 4, 5 -> cut(node.id().value(), other.id().value());
            case 6 -> isolate(node);
            case 7 -> cut(worker.id().value(), node.id().value());
            case 8 -> crashWorker(worker);
            case 9 -> worker.pause(chance.nanos(200_000, 6_000_000));
            case 10 -> node.pause(chance.nanos(20_000, 1_500_000));
            case 11 -> troubleDisk(node);
            case 12 -> node.clocks().jump(chance.nanos(0, 10_000_000) / 1_000 - 5_000_000);
            case 13 -> weather();
            case 14 -> loseTheUnsynced(node, other);
            case 15 ->
                nodes.stream()
                        .filter(SimNode::isUp)
                        .filter(up -> up.leadership().isMine())
                        .findFirst()
                        .ifPresent(leader -> loseTheUnsynced(leader, other));
            case 16 -> electUnderStall();
            case 19, 20 ->
                nodes.stream()
                        .filter(up -> up.leadership().isMine())
                        .findFirst()
                        .ifPresent(this::tearDownConnections);
            case 18 -> new FigureEight(parts, nodes).start();
            case 17 -> regicide(chance.between(500, 3_000));
            default -> throw new IllegalStateException("no such fault");
        }
    }

    private void crashAndRestart(SimNode node) {
        node.crash();
        parts.agenda().in(chance.nanos(10_000, 2_500_000), () -> {
            if (!node.isUp()) {
                node.start();
            }
        });
    }

    private void crashAll() {
        if (chance.oneIn(3)) {
            nodes.forEach(this::crashAndRestart);
        }
    }

    private void crashWorker(SimWorker worker) {
        worker.crash();
        parts.agenda().in(chance.nanos(10_000, 6_000_000), () -> {
            if (!worker.isUp()) {
                worker.start();
            }
        });
    }

    private void cut(String from, String to) {
        parts.oracle().note("cut " + from + " to " + to);
        parts.network().cut(from, to);
        healLater();
    }

    private void isolate(SimNode node) {
        parts.oracle().note("isolate " + node.id());
        for (SimNode other : nodes) {
            if (other != node) {
                parts.network().cut(node.id().value(), other.id().value());
                parts.network().cut(other.id().value(), node.id().value());
            }
        }
        healLater();
    }

    /// The connections of a leader that lives are torn down and refused; sometimes its messages get through
    /// still.
    private void tearDownConnections(SimNode leader) {
        parts.oracle().note(leader.id() + " seems gone");
        if (!chance.oneIn(4)) {
            isolate(leader);
        }
        parts.network().seemGone(leader.id());
    }

    private void healLater() {
        parts.agenda().in(chance.nanos(100_000, 4_000_000), () -> {
            parts.oracle().note("mend the network");
            parts.network().heal();
        });
    }

    private void troubleDisk(SimNode node) {
        if (chance.oneIn(3)) {
            node.disk().refuseNextSync();
            parts.agenda().in(chance.nanos(500_000, 2_000_000), () -> {
                if (!node.isUp()) {
                    node.start();
                }
            });
        } else {
            node.disk().stall(chance.nanos(50_000, 3_000_000));
        }
    }

    /// A disk stalls while its node goes on, the node loses power before the sync ends, and whoever may have what it
    /// lost is out of reach when it comes back at once.
    private void loseTheUnsynced(SimNode node, SimNode witness) {
        node.disk().stall(chance.nanos(200_000, 1_500_000));
        parts.agenda().in(chance.nanos(5_000, 400_000), () -> {
            node.crash();
            node.disk().heal();
            if (witness != node) {
                isolate(witness);
            }
            parts.agenda().in(chance.nanos(1_000, 60_000), () -> {
                if (!node.isUp()) {
                    node.start();
                }
            });
        });
    }

    /// The leader dies while no disk answers, and voters die in the middle of the elections that follow.
    private void electUnderStall() {
        parts.oracle().note("elections while the disks stall");
        nodes.forEach(node -> node.disk().stall(chance.nanos(50_000, 900_000)));
        nodes.stream()
                .filter(SimNode::isUp)
                .filter(up -> up.leadership().isMine())
                .forEach(this::crashAndRestart);
        for (SimNode node : nodes) {
            if (chance.oneIn(2)) {
                parts.agenda().in(chance.nanos(50_000, 900_000), () -> {
                    node.crash();
                    node.disk().heal();
                    parts.agenda().in(chance.nanos(1_000, 30_000), () -> {
                        if (!node.isUp()) {
                            node.start();
                        }
                    });
                });
            }
        }
    }

    /// For a while whoever is elected dies within moments: terms begin with entries that only one node holds, which is
    /// what figure 8 of the paper is made of.
    private void regicide(int looks) {
        if (looks == 0 || isOver) {
            return;
        }
        for (SimNode node : nodes) {
            if (node.isUp() && node.leadership().isMine() && chance.oneIn(8)) {
                node.crash();
                parts.agenda().in(chance.nanos(1_000, 400_000), () -> {
                    if (!node.isUp()) {
                        node.start();
                    }
                });
            }
        }
        parts.agenda().in(1_000_000, () -> regicide(looks - 1));
    }

    private void weather() {
        parts.network().worsen(chance.between(5, 50), chance.between(3, 30), chance.between(500, 20_000));
        healLater();
    }
}
