package io.muster.simulation;

import java.util.ArrayList;
import java.util.List;

/// The schedule of the Raft paper's figure 8, for a cluster of three: it makes an entry of an old term reach a majority
/// while a newer entry, on one disk only, can still replace it. Chance alone hardly ever opens that window, because a
/// new leader's own entry travels close behind the old ones.
///
/// 1. The leader is cut off while clients still write to it, and dies with entries that only it holds.
/// 2. Another is elected, is cut off in that moment, and dies with the first entry of its own term.
/// 3. The first comes back and is elected; as soon as anything more is committed it is cut off and dies.
/// 4. The second comes back.
final class FigureEight {
    private static final long LOOK_NANOS = 20_000;
    private static final int MOST_LOOKS = 60_000;

    private final SimNode.Parts parts;
    private final SimCluster cluster;
    private final List<Runnable> mendings = new ArrayList<>();
    private boolean isOver;

    FigureEight(SimNode.Parts parts, SimCluster cluster) {
        this.parts = parts;
        this.cluster = cluster;
    }

    /// Begins, if there are three nodes, all up, and one leads.
    void start() {
        boolean isWhole = cluster.size() == 3
                && cluster.nodes().stream().allMatch(SimNode::isUp)
                && parts.network().paths().isWhole();
        if (isWhole) {
            cluster.leader().ifPresent(this::loneWrites);
        }
    }

    private void loneWrites(SimNode first) {
        parts.oracle().note("figure 8: " + first.id() + " writes alone");
        cutOff(first);
        parts.agenda().in(90_000_000, () -> {
            first.crash();
            parts.oracle()
                    .atNextElection(() -> cluster.othersOf(first).stream()
                            .filter(node -> !isOver && node.isUp())
                            .forEach(this::cutOff));
            parts.agenda().in(900_000_000, () -> loneTerm(first));
        });
    }

    private void loneTerm(SimNode first) {
        isOver = true;
        cluster.othersOf(first).stream()
                .filter(node -> node.isUp() && node.leadership().term() > 0)
                .filter(node ->
                        node.leadership().leader().filter(node.id()::equals).isPresent() || wasElected(node))
                .findFirst()
                .ifPresent(SimNode::crash);
        mend();
        first.start();
        long committed = parts.oracle().committedIndex();
        cluster.nodes().stream()
                .filter(node -> !node.isUp())
                .findFirst()
                .ifPresent(second -> untilCommitted(first, second, committed, MOST_LOOKS));
    }

    /// A leader that was cut off has stepped down meanwhile; its log shows that it led.
    private boolean wasElected(SimNode node) {
        return parts.oracle().hasLed(node.id(), node.life());
    }

    private void untilCommitted(SimNode first, SimNode second, long committed, int looks) {
        if (parts.oracle().committedIndex() > committed) {
            cutOff(first);
            first.crash();
            mend();
            second.start();
        } else if (looks > 0) {
            parts.agenda().in(LOOK_NANOS, () -> untilCommitted(first, second, committed, looks - 1));
        }
    }

    private void cutOff(SimNode node) {
        mendings.add(parts.network().paths().isolate(node.name(), cluster.namesOfOthers(node)));
    }

    private void mend() {
        mendings.forEach(Runnable::run);
        mendings.clear();
    }
}
