package io.muster.simulation;

import io.muster.log.CommittedBatch;
import io.muster.log.NodeId;
import io.muster.raft.Configuration;
import io.muster.raft.VoteState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Holds what a cluster whose members change decides against the majorities that could decide it.
///
/// * A batch that is committed stands on the disks of a majority of some configuration that is in force
///   on a node, of both of its halves where it is joint (Raft §6, T48).
/// * A leader has the votes of such a majority of its own configuration on their disks.
///
/// A voter whose folder was emptied counts as having held what it was asked for: it had, or was one of
/// those that are not needed.
final class MemberWatch {
    private final Oracle oracle;
    private final Map<NodeId, SimNode> nodes = new LinkedHashMap<>();
    private final Set<NodeId> emptied = new HashSet<>();

    MemberWatch(Oracle oracle) {
        this.oracle = oracle;
    }

    /// All nodes that ever take part.
    void watch(List<SimNode> all) {
        all.forEach(node -> nodes.put(node.id(), node));
    }

    /// `node` has lost its folder while it had a vote.
    void emptied(NodeId node) {
        emptied.add(node);
    }

    /// `node` comes with another folder.
    void beganAnew(NodeId node) {
        emptied.remove(node);
    }

    /// `batch` is applied for the first time by any node.
    void committed(CommittedBatch batch) {
        if (nodes.isEmpty()) {
            return;
        }
        List<Configuration> known = nodes.values().stream()
                .map(SimNode::configuration)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (known.stream().anyMatch(Configuration::isJoint)) {
            oracle.rarities().saw(Rarity.JOINT);
        }
        if (known.stream().noneMatch(each -> isAgreed(each, node -> holds(node, batch)))) {
            throw oracle.violation(
                    "entry " + batch.lastIndex() + " is committed and no majority holds it, of any of " + known);
        }
    }

    /// `leader` says that it leads in `term`.
    void leads(NodeId leader, long term) {
        SimNode node = nodes.get(leader);
        if (node == null) {
            return;
        }
        node.configuration().ifPresent(own -> {
            if (own.isJoint()) {
                oracle.rarities().saw(Rarity.ELECTION_IN_JOINT);
            }
            var vote = new VoteState(term, Optional.of(leader));
            if (!isAgreed(own, voter -> voter.disk().hasHeld(vote))) {
                throw oracle.violation(
                        leader + " leads in term " + term + " without the votes of a majority of " + own);
            }
        });
    }

    private boolean isAgreed(Configuration configuration, Predicate<SimNode> isSo) {
        return configuration.agreed(id -> {
                    SimNode node = nodes.get(id);
                    return node != null && (emptied.contains(id) || isSo.test(node)) ? 1 : 0;
                })
                == 1;
    }

    private static boolean holds(SimNode node, CommittedBatch batch) {
        var disk = node.disk();
        return disk.isCompacted(batch.lastIndex()) || disk.termAt(batch.lastIndex()) == batch.term();
    }
}
