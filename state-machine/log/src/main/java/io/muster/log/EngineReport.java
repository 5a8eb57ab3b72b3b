package io.muster.log;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a node's engine knows by itself of why somebody leads, or nobody: for people, and no part of
/// Muster decides by it. Instants are those of this process's monotonic clock, in nanoseconds.
///
/// @param takenNanos when this was so
/// @param standing what the node does about leadership, or what keeps it from it
/// @param lastTerm the term of the last entry of the local log
/// @param votedFor who got this node's vote in the present term
/// @param votes how many votes it holds as a candidate, or won with as the leader
/// @param lastLeader who led last, as far as this node has seen since it started
/// @param ledNanos when this node last saw that leader lead; 0 where it has seen none
/// @param disk how the log's disk does
/// @param links the way to each other voter, sorted by id
public record EngineReport(
        long takenNanos,
        Standing standing,
        long lastTerm,
        Optional<NodeId> votedFor,
        int votes,
        Optional<NodeId> lastLeader,
        long ledNanos,
        Disk disk,
        List<PeerLink> links) {
    public EngineReport {
        links = List.copyOf(links);
    }

    /// How the disk of the log does.
    ///
    /// @param lastSyncNanos how long the last write took until it was synced; 0 before the first
    /// @param slowestSyncNanos the longest of the last seconds
    /// @param waitingNanos how long the oldest write has been on its way; 0 where none is
    /// @param roomBytes how many bytes the log may still grow
    public record Disk(long lastSyncNanos, long slowestSyncNanos, long waitingNanos, long roomBytes) {
        /// A log that was not written yet.
        public static final Disk UNUSED = new Disk(0, 0, 0, Long.MAX_VALUE);
    }

    /// The way to another voter.
    ///
    /// @param id who it is
    /// @param state whether messages to it go out, and if not, why
    /// @param reason the same as a sentence; `""` where they do
    /// @param heardNanos when it was last heard; empty where it never was
    public record PeerLink(NodeId id, LinkState state, String reason, OptionalLong heardNanos) {}

    /// Whether messages to another voter go out, and if not, why.
    public enum LinkState {
        /// They do.
        OPEN,
        /// A connection is being made.
        CONNECTING,
        /// No process listens at its address.
        REFUSED,
        /// The network has no way to its address, or lost the connection.
        UNREACHABLE,
        /// A connection is taken, and nothing answers on it.
        SILENT,
        /// What answers belongs to another cluster.
        WRONG_CLUSTER,
        /// What answers does not know the cluster's secret, or this node does not.
        WRONG_SECRET,
        /// What answers, or came from there, is another voter than the one of that name.
        WRONG_IDENTITY,
        /// It will not have this node.
        REFUSES_THIS_NODE
    }
}
