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
    private final List<SimNode> nodes;
    private final List<Runnable> mendings = new ArrayList<>();
    private boolean isOver;

    FigureEight(SimNode.Parts parts, List<SimNode> nodes) {
        this.parts = parts;
        this.nodes = nodes;
    }

    /// Begins, if there are three nodes, all up, and one leads.
    void start() {
        boolean isWhole = nodes.size() == 3
                && nodes.stream().allMatch(SimNode::isUp)
                && parts.network().paths().isWhole();
        nodes.stream()
                .filter(node -> isWhole && node.leadership().isMine())
                .findFirst()
                .ifPresent(this::loneWrites);
    }

    private void loneWrites(SimNode first) {
        parts.oracle().note("figure 8: " + first.id() + " writes alone");
        cutOff(first);
        parts.agenda().in(90_000_000, () -> {
            first.crash();
            parts.oracle()
                    .atNextElection(() -> nodes.stream()
                            .filter(node -> !isOver && node != first && node.isUp())
                            .forEach(this::cutOff));
            parts.agenda().in(900_000_000, () -> loneTerm(first));
        });
    }

    private void loneTerm(SimNode first) {
        isOver = true;
        nodes.stream()
                .filter(node ->
                        node != first && node.isUp() && node.leadership().term() > 0)
                .filter(node ->
                        node.leadership().leader().filter(node.id()::equals).isPresent() || wasElected(node))
                .findFirst()
                .ifPresent(SimNode::crash);
        mend();
        revive(first);
        long committed = parts.oracle().committedIndex();
        nodes.stream()
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
            revive(second);
        } else if (looks > 0) {
            parts.agenda().in(LOOK_NANOS, () -> untilCommitted(first, second, committed, looks - 1));
        }
    }

    private static void revive(SimNode node) {
        if (!node.isUp()) {
            node.start();
        }
    }

    private void cutOff(SimNode node) {
        var others = nodes.stream()
                .filter(other -> other != node)
                .map(other -> other.id().value())
                .toList();
        mendings.add(parts.network().paths().isolate(node.id().value(), others));
    }

    private void mend() {
        mendings.forEach(Runnable::run);
        mendings.clear();
    }
}
