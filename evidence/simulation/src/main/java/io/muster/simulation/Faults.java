package io.muster.simulation;

import java.util.List;
import java.util.Optional;

/// What goes wrong: drawn from the seed, one thing after another, often several at once. Each fault mends itself after
/// a while of its own, so that faults overlap in every way.
final class Faults {
    private static final long HOUR_MICROS = 3_600_000_000L;

    /// How far a clock is off that is not a little off.
    private static final List<Long> WRONG_MICROS =
            List.of(HOUR_MICROS, -HOUR_MICROS, 30 * HOUR_MICROS, 10 * 8_766 * HOUR_MICROS, -20 * 8_766 * HOUR_MICROS);

    private final SimNode.Parts parts;
    private final Chance chance;
    private final List<SimNode> nodes;
    private final List<SimWorker> workers;
    private final Mischief mischief;
    private final Minority minority;
    private boolean isOver;

    Faults(SimNode.Parts parts, Chance chance, List<SimNode> nodes, List<SimWorker> workers) {
        this.parts = parts;
        this.chance = chance;
        this.nodes = nodes;
        this.workers = workers;
        mischief = new Mischief(parts, chance, nodes);
        minority = new Minority(parts, chance.split(), nodes);
    }

    void start() {
        parts.agenda().in(chance.nanos(50_000, 1_500_000), () -> {
            if (!isOver) {
                one();
                start();
            }
        });
    }

    /// At some time in the first half until `latest` a voter that is up to date loses its folder while another lags
    /// behind: together they would be a majority that has forgotten what was acknowledged.
    void emptyOne(long latest) {
        if (nodes.size() < 3) {
            return;
        }
        var emptied = chance.pick(nodes);
        var lagging = chance.pick(nodes);
        parts.agenda().in(chance.nanos(1_000_000, latest / 2_000), () -> {
            isolate(lagging);
            parts.agenda().in(chance.nanos(200_000, 3_000_000), () -> {
                minority.loseFolder(emptied);
                nodes.stream().filter(node -> node != lagging).forEach(this::crashAndRestart);
                parts.network().heal();
                emptied.start();
            });
        });
    }

    /// Nothing goes wrong any more, and what went wrong is mended, but for a minority that stays as it is for good.
    void heal() {
        isOver = true;
        parts.oracle().note("heal");
        nodes.forEach(SimNode::heal);
        workers.stream().filter(worker -> !worker.isUp()).forEach(SimWorker::start);
        minority.fallIll();
        revive();
    }

    /// Mends what a fault that was under way at the healing has still broken.
    void revive() {
        parts.network().heal();
        nodes.stream().filter(node -> !node.isUp() && !minority.isDown(node)).forEach(SimNode::start);
        minority.suffer();
    }

    /// The nodes that are well in the end: a majority, each of which can reach each other.
    List<SimNode> sound() {
        return nodes.stream().filter(node -> !minority.contains(node)).toList();
    }

    private void one() {
        var node = chance.pick(nodes);
        var other = chance.pick(nodes);
        var worker = chance.pick(workers);
        switch (chance.between(0, 42)) {
            case 0, 1 -> crashAndRestart(node);
            case 2 -> leader().ifPresent(this::crashAndRestart);
            case 3 -> crashAll();
            case 4, 5 -> cut(node, other);
            case 6 -> isolate(node);
            case 7 -> cutWorker(worker, node);
            case 8 -> crashWorker(worker);
            case 9 -> worker.pause(chance.nanos(200_000, 6_000_000));
            case 10 -> node.pause(chance.nanos(20_000, 1_500_000));
            case 11 -> troubleDisk(node);
            case 12 -> setClock(node, chance.nanos(0, 10_000_000) / 1_000 - 5_000_000);
            case 13 -> weather();
            case 14 -> loseTheUnsynced(node, other);
            case 15 -> leader().ifPresent(leader -> loseTheUnsynced(leader, other));
            case 16 -> electUnderStall();
            case 17 -> regicide(chance.between(500, 3_000));
            case 18 -> new FigureEight(parts, nodes).start();
            case 19 -> slowNode(node);
            case 20 -> slowDisk(node);
            case 21 -> slowPath(node, other);
            case 22, 23 -> bridge(node);
            case 24 -> leader().ifPresent(leader -> cut(leader, other));
            case 25, 26 -> leader().ifPresent(mischief::sleepOverMail);
            case 27, 28 -> leader().ifPresent(leader -> mischief.hearFromTheDead(leader, other));
            case 29, 30 -> leader().ifPresent(leader -> mischief.goBack(leader, other));
            case 31 -> mischief.claimWildTerm(node, other);
            case 32, 33 -> leader().ifPresent(this::tearDownConnections);
            case 34 -> leader().ifPresent(mischief::flood);
            case 35, 36 -> leader().ifPresent(mischief::impersonate);
            case 37, 38 -> losesItsClock();
            case 39, 40 -> leader().ifPresent(mischief::replaceUnwritten);
            case 41, 42 -> leader().ifPresent(leader -> mischief.askLate(leader, other));
            default -> throw new IllegalStateException("no such fault");
        }
    }

    private Optional<SimNode> leader() {
        return nodes.stream()
                .filter(SimNode::isUp)
                .filter(up -> up.leadership().isMine())
                .findFirst();
    }

    private void crashAndRestart(SimNode node) {
        node.crash();
        startLater(node, 10_000, 2_500_000);
    }

    private void startLater(SimNode node, int leastMicros, int mostMicros) {
        parts.agenda().in(chance.nanos(leastMicros, mostMicros), () -> {
            if (!node.isUp() && !isOver) {
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

    private void cutWorker(SimWorker worker, SimNode node) {
        parts.oracle().note("cut " + worker.id() + " to " + node.id());
        mendLater(parts.network().paths().cut(worker.id().value(), node.id().value()));
    }

    /// One way, or both.
    private void cut(SimNode from, SimNode to) {
        if (from == to) {
            return;
        }
        parts.oracle().note("cut " + from.id() + " to " + to.id());
        mendLater(parts.network().paths().cut(from.id().value(), to.id().value()));
        if (chance.oneIn(2)) {
            mendLater(parts.network().paths().cut(to.id().value(), from.id().value()));
        }
    }

    private void isolate(SimNode node) {
        parts.oracle().note("isolate " + node.id());
        mendLater(parts.network().paths().isolate(node.id().value(), others(node)));
    }

    /// The connections of a leader that lives are torn down and refused; sometimes its messages get through still.
    private void tearDownConnections(SimNode leader) {
        parts.oracle().note(leader.id() + " seems gone");
        if (!chance.oneIn(4)) {
            isolate(leader);
        }
        parts.network().seemGone(leader.id());
    }

    /// All but one are cut into two halves that do not hear each other, and that one hears both.
    private void bridge(SimNode bridge) {
        parts.oracle().note("only " + bridge.id() + " hears everybody");
        long nanos = cutNanos();
        var others = nodes.stream().filter(node -> node != bridge).toList();
        for (int i = 0; i < others.size(); i++) {
            String one = others.get(i).id().value();
            for (int j = i + 1; j < others.size(); j += 2) {
                String other = others.get(j).id().value();
                parts.agenda().in(nanos, parts.network().paths().cut(one, other));
                parts.agenda().in(nanos, parts.network().paths().cut(other, one));
            }
        }
    }

    private List<String> others(SimNode node) {
        return nodes.stream()
                .filter(other -> other != node)
                .map(other -> other.id().value())
                .toList();
    }

    private void mendLater(Runnable mending) {
        parts.agenda().in(cutNanos(), () -> {
            parts.oracle().note("mend a cut");
            mending.run();
        });
    }

    /// Mostly a moment, sometimes most of the time that there is.
    private long cutNanos() {
        return chance.oneIn(6) ? chance.nanos(4_000_000, 15_000_000) : chance.nanos(100_000, 4_000_000);
    }

    private void troubleDisk(SimNode node) {
        if (chance.oneIn(3)) {
            node.disk().refuseNextSync();
            startLater(node, 500_000, 2_000_000);
        } else {
            node.disk().stall(chance.nanos(50_000, 3_000_000));
        }
    }

    private void setClock(SimNode node, long micros) {
        parts.oracle().note("the clock of " + node.id() + " is set by " + micros / 1_000 + " ms");
        node.clocks().jump(micros);
        parts.oracle().clock().look();
    }

    /// The clock of one node of three or more, always the same, is wrong by hours, days or years for a while. Now and
    /// then the clocks of all are set forward by an hour: the date is right with them, and no time has passed.
    private void losesItsClock() {
        if (nodes.size() < 3) {
            return;
        }
        if (chance.oneIn(3)) {
            nodes.forEach(each -> setClock(each, HOUR_MICROS));
            return;
        }
        var node = nodes.getLast();
        long wrong = chance.pick(WRONG_MICROS);
        setClock(node, wrong);
        parts.agenda().in(chance.nanos(500_000, 9_000_000), () -> setClock(node, -wrong));
    }

    private void slowNode(SimNode node) {
        parts.oracle().note(node.id() + " is slow");
        node.slow(chance.between(500, 30_000));
        parts.agenda().in(chance.nanos(300_000, 6_000_000), () -> node.slow(0));
    }

    private void slowDisk(SimNode node) {
        parts.oracle().note("the disk of " + node.id() + " is slow");
        node.disk().slow(chance.between(1_000, 80_000));
        parts.agenda().in(chance.nanos(300_000, 6_000_000), () -> node.disk().slow(0));
    }

    private void slowPath(SimNode from, SimNode to) {
        String one = from.id().value();
        String other = to.id().value();
        parts.oracle().note("slow from " + one + " to " + other);
        parts.network().paths().slow(one, other, chance.between(2_000, 400_000));
        parts.agenda()
                .in(
                        chance.nanos(300_000, 6_000_000),
                        () -> parts.network().paths().quicken(one, other));
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
            startLater(node, 1_000, 60_000);
        });
    }

    /// The leader dies while no disk answers, and voters die in the middle of the elections that follow.
    private void electUnderStall() {
        parts.oracle().note("elections while the disks stall");
        nodes.forEach(node -> node.disk().stall(chance.nanos(50_000, 900_000)));
        leader().ifPresent(this::crashAndRestart);
        for (SimNode node : nodes) {
            if (chance.oneIn(2)) {
                parts.agenda().in(chance.nanos(50_000, 900_000), () -> {
                    node.crash();
                    node.disk().heal();
                    startLater(node, 1_000, 30_000);
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
                startLater(node, 1_000, 400_000);
            }
        }
        parts.agenda().in(1_000_000, () -> regicide(looks - 1));
    }

    private void weather() {
        parts.network().worsen(chance.between(5, 50), chance.between(3, 30), chance.between(500, 20_000));
        parts.agenda().in(chance.nanos(100_000, 4_000_000), parts.network()::calm);
    }
}
