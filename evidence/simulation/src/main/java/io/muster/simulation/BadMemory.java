package io.muster.simulation;

import io.muster.encoding.Bytes;
import io.muster.log.Asker;
import io.muster.log.Envelope;
import io.muster.state.ClusterState;
import io.muster.values.ValueCommand;
import java.util.List;
import java.util.Optional;

/// One node's memory is spoilt, every second time the leader's, and the log grows until the nodes compare their states:
/// that node stops and no other, and comes back sound.
final class BadMemory {
    /// More in one moment would meet the tighter limits of a life.
    private static final int AT_ONCE = 500;

    private final SimNode.Parts parts;
    private final Chance chance;
    private final List<SimNode> nodes;
    private Optional<SimNode> spoilt = Optional.empty();
    private long life;
    private boolean isPlanned;

    BadMemory(SimNode.Parts parts, Chance chance, List<SimNode> nodes) {
        this.parts = parts;
        this.chance = chance;
        this.nodes = nodes;
    }

    /// At some time before `latest`. A node alone has no other to be compared with: what its memory got wrong goes into
    /// its snapshots, and no rule could keep it out.
    void start(long latest) {
        if (nodes.size() == 1) {
            return;
        }
        isPlanned = true;
        parts.agenda().in(chance.nanos(1_000_000, latest / 1_000), () -> strike(chance.oneIn(2)));
    }

    private void strike(boolean isLeader) {
        var up = nodes.stream().filter(SimNode::isUp).toList();
        var leader = up.stream().filter(SimNode::isTrusted).findFirst();
        if (up.isEmpty() || isLeader && leader.isEmpty()) {
            parts.agenda().in(20_000_000, () -> strike(isLeader));
            return;
        }
        var victim = isLeader ? leader.get() : chance.pick(up);
        spoilt = Optional.of(victim);
        life = victim.life();
        victim.spoil();
        grow(parts.oracle().committedIndex() / ClusterState.DIGEST_EVERY * ClusterState.DIGEST_EVERY
                + ClusterState.DIGEST_EVERY);
    }

    /// Fills the log up to the entry at which states are compared.
    private void grow(long index) {
        long missing = index - parts.oracle().committedIndex();
        if (missing <= 0) {
            return;
        }
        nodes.stream().filter(SimNode::isTrusted).findFirst().ifPresent(leader -> fill(leader, missing));
        parts.agenda().in(20_000_000, () -> grow(index));
    }

    private static void fill(SimNode leader, long missing) {
        var command = new ValueCommand.Other(Bytes.EMPTY);
        var envelope = Envelope.of(command, Asker.named("filler"));
        var encoded = Bytes.wrap(envelope.encode());
        for (long i = Math.min(missing, AT_ONCE); i > 0; i--) {
            leader.propose(new SimNode.Ask(encoded, _ -> {}));
        }
    }

    /// Whether the spoilt node has stopped, or need not: the `sound` nodes are too few to agree without
    /// it, or it is not among them, and may never hear what they have agreed on.
    boolean isOver(List<SimNode> sound) {
        if (!isPlanned) {
            return true;
        }
        return spoilt.filter(node -> node.isSpoilt(life))
                .map(node -> !sound.contains(node) || (sound.size() - 1) * 2 <= nodes.size())
                .orElse(spoilt.isPresent());
    }
}
