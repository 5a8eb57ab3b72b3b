package io.muster.simulation;

import java.util.List;
import java.util.Optional;

/// All nodes of a simulation, up or down, in the order of their names.
record SimCluster(List<SimNode> nodes, Membership membership) {
    /// Whether all nodes take part from the beginning to the end.
    enum Membership {
        FIXED,
        CHANGING
    }

    SimCluster {
        nodes = List.copyOf(nodes);
    }

    int size() {
        return nodes.size();
    }

    /// A node that takes itself for the leader, if one does; a leader that was cut off does so for a while.
    Optional<SimNode> leader() {
        return nodes.stream().filter(node -> node.leadership().isMine()).findFirst();
    }

    List<SimNode> othersOf(SimNode node) {
        return nodes.stream().filter(other -> other != node).toList();
    }

    List<String> namesOfOthers(SimNode node) {
        return othersOf(node).stream().map(SimNode::name).toList();
    }
}
