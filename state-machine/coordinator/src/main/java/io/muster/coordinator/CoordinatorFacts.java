package io.muster.coordinator;

import io.muster.access.AccessCommand;
import io.muster.log.EngineStatus;
import io.muster.log.EngineStatus.PeerStatus;
import io.muster.log.MemberStatus;
import io.muster.log.NodeId;
import io.muster.state.ClusterState;
import io.muster.state.StateDigests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// What the coordinator is told about its surroundings each time it does its duties; it asks nobody itself.
///
/// @param featureLevel the highest feature level that every member supports, or 0 while one has not
///     said
/// @param keysToGrant keys that must stand in the access ledger: the first admin key, the nodes' worker keys
/// @param isVoter whether this node's own vote counts; that of a leader which removes itself does not any more
/// @param voters how many vote
/// @param digests by voter and index, what the others have told of their states; see [StateDigests]
public record CoordinatorFacts(
        int featureLevel,
        List<AccessCommand> keysToGrant,
        boolean isVoter,
        int voters,
        Map<NodeId, SortedMap<Long, Long>> digests) {
    public CoordinatorFacts {
        keysToGrant = List.copyOf(keysToGrant);
        digests = Map.copyOf(digests);
    }

    /// What follows from what the other members have said of themselves.
    ///
    /// All must be able to read what the log is to hold; but only voters' states are compared (T48): a
    /// learner that is wrong must not be one of a majority against those that are right.
    public static CoordinatorFacts of(EngineStatus seen, List<AccessCommand> keysToGrant) {
        int level = ClusterState.FEATURE_LEVEL;
        var voters = seen.members().stream()
                .filter(MemberStatus::isVoter)
                .map(MemberStatus::id)
                .collect(Collectors.toSet());
        var digests = new HashMap<NodeId, SortedMap<Long, Long>>();
        for (PeerStatus peer : seen.peers()) {
            level = Math.min(level, peer.featureLevel());
            if (voters.contains(peer.id())) {
                digests.put(peer.id(), StateDigests.parse(peer.attributes().getOrDefault(StateDigests.ATTRIBUTE, "")));
            }
        }
        return new CoordinatorFacts(level, keysToGrant, voters.contains(seen.self()), voters.size(), digests);
    }

    /// Those of a node that is alone.
    public static CoordinatorFacts alone(int featureLevel, List<AccessCommand> keysToGrant) {
        return new CoordinatorFacts(featureLevel, keysToGrant, true, 1, Map.of());
    }
}
