package io.muster.consensus;

import io.muster.cluster.NodeId;
import org.jspecify.annotations.Nullable;

/// What a node does in its term; each role carries exactly the data it needs. [Raft] has the diagram.
sealed interface Role {
    /// Follows `leader`, or waits for one.
    record Follower(@Nullable NodeId leader) implements Role {}

    /// Asks whether it could win an election, without changing anything yet.
    record PreCandidate(Ballot ballot) implements Role {}

    /// Asks for votes in its term, with its own vote given to itself.
    record Candidate(Ballot ballot) implements Role {}

    /// Leads in its term.
    record Leader(Reign reign) implements Role {}
}
