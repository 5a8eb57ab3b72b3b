package io.muster.log;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One node's view of the engine at one moment, for people and dashboards. Only what the voters
/// say of themselves is decided by: their feature levels and attributes.
///
/// @param self whose view this is
/// @param role what the node does in this term
/// @param term the highest term seen
/// @param leader who leads in that term, where known
/// @param lastIndex the last entry of the local log
/// @param durableIndex the last entry that is synced here
/// @param commitIndex the last entry known to be committed
/// @param wallAheadMillis how far a leader's wall clock was ahead of log time at its last batch; 0 on the others
/// @param members who takes part, sorted by id
/// @param isChanging whether voters are being changed, so that decisions need two majorities
/// @param peers what is known of the others, sorted by id
/// @param details what only this engine has to say, by name: for people, and no part of Muster decides by it
public record EngineStatus(
        NodeId self,
        NodeRole role,
        long term,
        Optional<NodeId> leader,
        long lastIndex,
        long durableIndex,
        long commitIndex,
        long wallAheadMillis,
        List<MemberStatus> members,
        boolean isChanging,
        List<PeerStatus> peers,
        SortedMap<String, String> details) {
    public EngineStatus {
        members = List.copyOf(members);
        peers = List.copyOf(peers);
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    /// Everybody whose vote counts, in either half of a change that is under way.
    public Set<NodeId> voters() {
        return members.stream()
                .filter(member -> member.vote() != MemberStatus.Vote.LEARNER)
                .map(MemberStatus::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// What a node does in a term, whichever way leaders are found.
    public enum NodeRole {
        /// It follows the leader, or waits for one.
        FOLLOWER,
        /// It tries to lead.
        CANDIDATE,
        /// It leads.
        LEADER
    }

    /// Another voter as seen from here.
    ///
    /// @param id who it is
    /// @param isConnected whether a connection to it is open
    /// @param apiAddress where its HTTP API listens, as it said itself; `""` until it said so
    /// @param featureLevel the highest feature level it supports, as it said itself; 0 until it said so
    /// @param attributes what else it said about itself, opaque to the engine; empty until it said so
    /// @param clockSkewMillis how far its wall clock is ahead of ours, as last seen; negative when behind
    public record PeerStatus(
            NodeId id,
            boolean isConnected,
            String apiAddress,
            int featureLevel,
            Map<String, String> attributes,
            long clockSkewMillis) {
        public PeerStatus {
            attributes = Map.copyOf(attributes);
        }
    }
}
