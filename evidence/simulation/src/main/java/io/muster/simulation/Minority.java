package io.muster.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The nodes that stay unwell for good when everything else is healed: never so many that the others are no majority.
/// The others must come to their end all the same, whatever those few do (T34, T40).
final class Minority {
    private static final long FOR_GOOD_NANOS = Long.MAX_VALUE / 4;
    private static final int SLOW_MICROS = 20_000;

    private static final List<Impairment> DRAWN = Stream.of(Impairment.values())
            .filter(impairment -> impairment != Impairment.EMPTIED)
            .toList();

    private final SimNode.Parts parts;
    private final Chance chance;
    private final SimCluster cluster;
    private final Map<SimNode, Impairment> impaired = new LinkedHashMap<>();

    /// What keeps a node from taking part.
    enum Impairment {
        /// Its process is gone.
        DOWN,
        /// Its folder was emptied while it was well: the others will not have it back.
        EMPTIED,
        /// It hears nobody and is heard by everybody.
        DEAF,
        /// It hears everybody and is heard by nobody.
        MUTE,
        /// It neither hears nor is heard.
        ALONE,
        /// It hears one other node and is heard by it, and by nobody else. Of three nodes those two could go on without
        /// the third, so there it has no friend.
        ONE_FRIEND,
        /// Its disk never finishes another sync.
        HUNG_DISK,
        /// Each thing it does takes a thousand times longer.
        SLOW
    }

    Minority(SimNode.Parts parts, Chance chance, SimCluster cluster) {
        this.parts = parts;
        this.chance = chance;
        this.cluster = cluster;
    }

    /// Draws who falls ill: nobody in one of three seeds, else as many as a majority can do without, or fewer, and the
    /// leader of the moment more often than chance would have it.
    void fallIll() {
        int most = (cluster.size() - 1) / 2;
        if (most <= impaired.size() || chance.oneIn(3)) {
            return;
        }
        if (chance.oneIn(2)) {
            cluster.leader().ifPresent(this::fallIll);
        }
        for (int i = chance.between(impaired.isEmpty() ? 1 : 0, most - impaired.size()); i > 0; i--) {
            fallIll(chance.pick(cluster.nodes()));
        }
    }

    private void fallIll(SimNode node) {
        var impairment = chance.pick(DRAWN);
        impaired.put(node, impairment);
        parts.oracle().note(node.id() + " is " + impairment + " for good");
    }

    /// A node that is well loses its folder, and with it its place.
    void loseFolder(SimNode node) {
        impaired.put(node, Impairment.EMPTIED);
        node.loseFolder();
    }

    boolean contains(SimNode node) {
        return impaired.containsKey(node);
    }

    boolean isDown(SimNode node) {
        return impaired.get(node) == Impairment.DOWN;
    }

    /// Makes everybody suffer who is ill; to be repeated whenever all else was healed.
    void suffer() {
        impaired.forEach((node, impairment) -> {
            switch (impairment) {
                case DOWN -> node.crash();
                case EMPTIED -> {
                    // It ends by itself whenever it starts.
                }
                case DEAF -> cluster.othersOf(node).forEach(other -> cut(other, node));
                case MUTE -> cluster.othersOf(node).forEach(other -> cut(node, other));
                case ALONE -> cluster.othersOf(node).forEach(other -> part(node, other));
                case ONE_FRIEND ->
                    cluster.othersOf(node).stream()
                            .skip(cluster.size() > 3 ? 1 : 0)
                            .forEach(other -> part(node, other));
                case HUNG_DISK -> node.disk().stall(FOR_GOOD_NANOS);
                case SLOW -> node.slow(SLOW_MICROS);
            }
        });
    }

    private void part(SimNode one, SimNode other) {
        cut(one, other);
        cut(other, one);
    }

    private void cut(SimNode from, SimNode to) {
        parts.network().paths().cut(from.name(), to.name());
    }
}
