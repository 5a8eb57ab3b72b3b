package io.muster.coordinator;

import io.muster.access.AccessCommand;
import io.muster.log.NodeId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// What the coordinator is told about its surroundings each time it does its duties; it asks nobody itself.
///
/// @param featureLevel the highest feature level that every voter supports, or 0 while one has not said
/// @param keysToGrant keys that must stand in the access ledger: the first admin key, the nodes' worker keys
/// @param voters how many vote, this node among them
/// @param digests by voter and index, what the others have told of their states; see [io.muster.state.StateDigests]
public record CoordinatorFacts(
        int featureLevel, List<AccessCommand> keysToGrant, int voters, Map<NodeId, SortedMap<Long, Long>> digests) {
    public CoordinatorFacts {
        keysToGrant = List.copyOf(keysToGrant);
        digests = Map.copyOf(digests);
    }

    /// Those of a node that is alone.
    public static CoordinatorFacts alone(int featureLevel, List<AccessCommand> keysToGrant) {
        return new CoordinatorFacts(featureLevel, keysToGrant, 1, Map.of());
    }
}
