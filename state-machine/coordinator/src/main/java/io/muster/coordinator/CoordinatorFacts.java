package io.muster.coordinator;

import io.muster.access.AccessCommand;
import io.muster.log.EngineStatus.PeerStatus;
import io.muster.log.NodeId;
import io.muster.state.ClusterState;
import io.muster.state.StateDigests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// What the coordinator is told about its surroundings each time it does its duties; it asks nobody itself.
///
/// @param featureLevel the highest feature level that every voter supports, or 0 while one has not said
/// @param keysToGrant keys that must stand in the access ledger: the first admin key, the nodes' worker keys
/// @param voters how many vote, this node among them
/// @param digests by voter and index, what the others have told of their states; see [StateDigests]
public record CoordinatorFacts(
        int featureLevel, List<AccessCommand> keysToGrant, int voters, Map<NodeId, SortedMap<Long, Long>> digests) {
    public CoordinatorFacts {
        keysToGrant = List.copyOf(keysToGrant);
        digests = Map.copyOf(digests);
    }

    /// What follows from what the other voters have said of themselves.
    ///
    /// @param peers one for each of the others, whether or not it has said anything
    public static CoordinatorFacts of(List<PeerStatus> peers, int voters, List<AccessCommand> keysToGrant) {
        int level = ClusterState.FEATURE_LEVEL;
        var digests = new HashMap<NodeId, SortedMap<Long, Long>>();
        for (PeerStatus peer : peers) {
            level = Math.min(level, peer.featureLevel());
            digests.put(peer.id(), StateDigests.parse(peer.attributes().getOrDefault(StateDigests.ATTRIBUTE, "")));
        }
        return new CoordinatorFacts(level, keysToGrant, voters, digests);
    }

    /// Those of a node that is alone.
    public static CoordinatorFacts alone(int featureLevel, List<AccessCommand> keysToGrant) {
        return new CoordinatorFacts(featureLevel, keysToGrant, 1, Map.of());
    }
}
