package io.muster.raft;

import io.muster.encoding.Invariant;
import io.muster.log.NodeId;
import java.util.Optional;

/// What a voter must never forget: the highest term it has seen and whom it voted for in it.
///
/// One record, stored as one row (T2): a vote that a crash carried into another term would count twice. A term without
/// a vote is as much a state as one with a vote (T3).
///
/// @param term the highest term seen; 0 before the first election
/// @param votedFor who got this node's vote in `term`, if anyone
public record VoteState(long term, Optional<NodeId> votedFor) {
    /// The state of a node that has seen no term yet.
    public static final VoteState INITIAL = new VoteState(0, Optional.empty());

    public VoteState {
        Invariant.check(term >= 0, "a term is never negative");
    }
}
