package io.muster.raft;

import io.muster.log.NodeId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What a node does in its term; each role carries exactly the data it needs. [CurrentRole] has the diagram.
sealed interface RaftRole {
    /// The role's name as it is shown.
    RaftStatus.MemberRole shown();

    /// How many votes this node holds, or won with.
    int votes();

    /// Who leads as far as node `self` knows in this role.
    default Optional<NodeId> leader(NodeId self) {
        return Optional.empty();
    }

    /// The last entry that each other member is known to hold; empty where that is not this node's to know.
    default SortedMap<NodeId, Long> matches() {
        return Collections.emptySortedMap();
    }

    /// Follows `leader`, or waits for one.
    record Follower(@Nullable NodeId leader) implements RaftRole {
        @Override
        public RaftStatus.MemberRole shown() {
            return RaftStatus.MemberRole.FOLLOWER;
        }

        @Override
        public int votes() {
            return 0;
        }

        @Override
        public Optional<NodeId> leader(NodeId self) {
            return Optional.ofNullable(leader);
        }
    }

    /// Asks whether it could win an election, without changing anything yet.
    record PreCandidate(Ballot ballot) implements RaftRole {
        @Override
        public RaftStatus.MemberRole shown() {
            return RaftStatus.MemberRole.PRE_CANDIDATE;
        }

        @Override
        public int votes() {
            return 0;
        }
    }

    /// Asks for votes in its term, with its own vote given to itself.
    record Candidate(Ballot ballot) implements RaftRole {
        @Override
        public RaftStatus.MemberRole shown() {
            return RaftStatus.MemberRole.CANDIDATE;
        }

        @Override
        public int votes() {
            return ballot.granted();
        }
    }

    /// Leads in its term.
    record Leader(LeaderState state) implements RaftRole {
        @Override
        public RaftStatus.MemberRole shown() {
            return RaftStatus.MemberRole.LEADER;
        }

        @Override
        public int votes() {
            return state.votes();
        }

        @Override
        public Optional<NodeId> leader(NodeId self) {
            return Optional.of(self);
        }

        @Override
        public SortedMap<NodeId, Long> matches() {
            return state.replication().matches();
        }
    }
}
