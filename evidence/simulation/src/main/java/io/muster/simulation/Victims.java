package io.muster.simulation;

import java.util.List;
import java.util.Optional;

/// Whom one fault strikes, as far as it strikes somebody in particular.
///
/// @param other may be the same as `node`
/// @param leader the leader of this moment
record Victims(SimNode node, SimNode other, SimWorker worker, Optional<SimNode> leader) {
    /// The same number of draws whatever the fault, so that a fault that is changed does not change whom the next
    /// strikes.
    static Victims draw(Chance chance, SimCluster cluster, List<SimWorker> workers) {
        return new Victims(
                chance.pick(cluster.nodes()), chance.pick(cluster.nodes()), chance.pick(workers), cluster.leader());
    }
}
