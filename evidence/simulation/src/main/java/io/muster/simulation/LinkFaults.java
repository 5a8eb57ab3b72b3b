package io.muster.simulation;

/// What goes wrong between machines.
final class LinkFaults {
    private final SimNode.Parts parts;
    private final Chance chance;
    private final SimCluster cluster;

    LinkFaults(SimNode.Parts parts, Chance chance, SimCluster cluster) {
        this.parts = parts;
        this.chance = chance;
        this.cluster = cluster;
    }

    void cutWorker(SimWorker worker, SimNode node) {
        parts.oracle().note("cut " + worker.id() + " to " + node.id());
        mendLater(paths().cut(worker.id().value(), node.name()));
    }

    /// One way, or both.
    void cut(SimNode from, SimNode to) {
        if (from == to) {
            return;
        }
        parts.oracle().note("cut " + from.id() + " to " + to.id());
        mendLater(paths().cut(from.name(), to.name()));
        if (chance.oneIn(2)) {
            mendLater(paths().cut(to.name(), from.name()));
        }
    }

    void isolate(SimNode node) {
        parts.oracle().note("isolate " + node.id());
        mendLater(paths().isolate(node.name(), cluster.namesOfOthers(node)));
    }

    /// The connections of a leader that lives are torn down and refused; sometimes its messages get through still.
    void tearDown(SimNode leader) {
        parts.oracle().note(leader.id() + " seems gone");
        if (!chance.oneIn(4)) {
            isolate(leader);
        }
        parts.network().seemGone(leader.id());
    }

    /// All but one are cut into two halves that do not hear each other, and that one hears both.
    void bridge(SimNode bridge) {
        parts.oracle().note("only " + bridge.id() + " hears everybody");
        long nanos = cutNanos();
        var others = cluster.namesOfOthers(bridge);
        for (int i = 0; i < others.size(); i++) {
            for (int j = i + 1; j < others.size(); j += 2) {
                parts.agenda().in(nanos, paths().cut(others.get(i), others.get(j)));
                parts.agenda().in(nanos, paths().cut(others.get(j), others.get(i)));
            }
        }
    }

    void slow(SimNode from, SimNode to) {
        parts.oracle().note("slow from " + from.id() + " to " + to.id());
        paths().slow(from.name(), to.name(), chance.between(2_000, 400_000));
        parts.agenda().in(chance.nanos(300_000, 6_000_000), () -> paths().quicken(from.name(), to.name()));
    }

    /// Messages are lost, doubled and late on every path.
    void degrade() {
        parts.network().worsen(chance.between(5, 50), chance.between(3, 30), chance.between(500, 20_000));
        parts.agenda().in(chance.nanos(100_000, 4_000_000), parts.network()::calm);
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

    private NetworkPaths paths() {
        return parts.network().paths();
    }
}
