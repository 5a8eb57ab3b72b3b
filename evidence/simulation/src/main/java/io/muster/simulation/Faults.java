package io.muster.simulation;

import java.util.List;

/// What goes wrong: drawn from the seed, one [Fault] after another, often several at once. Each mends itself after a
/// while of its own, so that faults overlap in every way.
final class Faults {
    private final SimNode.Parts parts;
    private final Chance chance;
    private final SimCluster cluster;
    private final List<SimWorker> workers;
    private final LinkFaults links;
    private final MachineFaults machines;
    private final Fault.Causes causes;
    private final Minority minority;
    private boolean isOver;

    Faults(SimNode.Parts parts, Chance chance, SimCluster cluster, List<SimWorker> workers) {
        this.parts = parts;
        this.chance = chance;
        this.cluster = cluster;
        this.workers = workers;
        links = new LinkFaults(parts, chance, cluster);
        machines = new MachineFaults(parts, chance, cluster, links, () -> isOver);
        causes = new Fault.Causes(machines, links, new Mischief(parts, chance, cluster));
        minority = new Minority(parts, chance.split(), cluster);
    }

    void start() {
        parts.agenda().in(chance.nanos(50_000, 1_500_000), () -> {
            if (!isOver) {
                var victims = Victims.draw(chance, cluster, workers);
                Fault.draw(chance).strike(causes, victims);
                start();
            }
        });
    }

    /// At some time in the first half until `latest` a voter that is up to date loses its folder while another lags
    /// behind: together they would be a majority that has forgotten what was acknowledged.
    void emptyOne(long latest) {
        if (cluster.size() < 3 || cluster.membership() == SimCluster.Membership.CHANGING) {
            return;
        }
        var emptied = chance.pick(cluster.nodes());
        var lagging = chance.pick(cluster.nodes());
        parts.agenda().in(chance.nanos(1_000_000, latest / 2_000), () -> {
            links.isolate(lagging);
            parts.agenda().in(chance.nanos(200_000, 3_000_000), () -> {
                minority.loseFolder(emptied);
                cluster.othersOf(lagging).forEach(machines::crashAndRestart);
                parts.network().heal();
                emptied.start();
            });
        });
    }

    /// Every now and then while things go wrong the leader hands over.
    void handOver() {
        parts.agenda().in(chance.nanos(100_000, 1_500_000), () -> {
            if (!isOver) {
                var successor = chance.pick(cluster.nodes());
                cluster.leader().ifPresent(leader -> causes.mischief().handOver(leader, successor));
                handOver();
            }
        });
    }

    /// Nothing goes wrong any more, and what went wrong is mended, but for a minority that stays as it is for good.
    void heal() {
        isOver = true;
        parts.oracle().note("heal");
        cluster.nodes().forEach(SimNode::heal);
        workers.forEach(SimWorker::start);
        if (cluster.membership() == SimCluster.Membership.FIXED) {
            minority.fallIll();
        }
        revive();
    }

    /// Mends what a fault that was under way at the healing has still broken.
    void revive() {
        parts.network().heal();
        cluster.nodes().stream().filter(node -> !minority.isDown(node)).forEach(SimNode::start);
        minority.suffer();
    }

    /// The nodes that are well in the end: a majority, each of which can reach each other.
    List<SimNode> sound() {
        return cluster.nodes().stream().filter(node -> !minority.contains(node)).toList();
    }
}
