package io.muster.raft;

import io.muster.log.NodeId;
import io.muster.log.Standing;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What can be seen of a [Raft] from outside, at one moment; nothing decides by it.
///
/// @param role what the node does in this term
/// @param standing what it does about leadership, or what keeps it from it
/// @param term the highest term seen
/// @param leader who leads in that term, where known
/// @param votedFor who got this node's vote in that term, if anyone
/// @param votes how many votes it holds as a candidate, or won with as a leader
/// @param lastIndex the last entry of the log
/// @param lastTerm the term of that entry
/// @param durableIndex the last entry that is synced here
/// @param commitIndex the last entry known to be committed
/// @param configuration who takes part
/// @param matches the last entry each other member has acknowledged as durable; empty unless this node leads
public record RaftStatus(
        MemberRole role,
        Standing standing,
        long term,
        Optional<NodeId> leader,
        Optional<NodeId> votedFor,
        int votes,
        long lastIndex,
        long lastTerm,
        long durableIndex,
        long commitIndex,
        Configuration configuration,
        SortedMap<NodeId, Long> matches) {
    public RaftStatus {
        matches = Collections.unmodifiableSortedMap(new TreeMap<>(matches));
    }

    /// What a node does in a term.
    public enum MemberRole {
        FOLLOWER,
        PRE_CANDIDATE,
        CANDIDATE,
        LEADER
    }
}
