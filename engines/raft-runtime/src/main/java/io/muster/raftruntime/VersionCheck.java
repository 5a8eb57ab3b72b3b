package io.muster.raftruntime;

import io.muster.log.EngineStatus;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.NodeId;
import java.util.Optional;

/// Whether who is to vote can read what is in the log. Consensus knows no feature levels, so this is
/// asked before it is.
final class VersionCheck {
    private VersionCheck() {}

    /// Why `change` gives a vote to one that is too old; empty where it does not.
    ///
    /// @param seen what the other nodes have said of themselves
    /// @param needed the feature level of what is in the log
    static Optional<MemberRefusal> refuse(MemberChange change, EngineStatus seen, int needed) {
        return switch (change) {
            case MemberChange.Promote(NodeId node) -> refuse(node, seen, needed);
            case MemberChange.Replace(NodeId node, NodeId _) -> refuse(node, seen, needed);
            case MemberChange.AddLearner _, MemberChange.Demote _, MemberChange.Remove _, MemberChange.Readdress _ ->
                Optional.empty();
        };
    }

    /// One that has said nothing yet was not heard by this leader, which refuses it for that.
    private static Optional<MemberRefusal> refuse(NodeId node, EngineStatus seen, int needed) {
        return seen.peers().stream()
                .filter(peer -> peer.id().equals(node) && peer.featureLevel() > 0 && peer.featureLevel() < needed)
                .findFirst()
                .map(peer -> new MemberRefusal.OlderVersion(node, peer.featureLevel(), needed));
    }
}
