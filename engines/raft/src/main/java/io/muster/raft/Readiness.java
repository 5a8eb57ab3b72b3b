package io.muster.raft;

import io.muster.log.NodeId;
import io.muster.log.Standing;
import java.util.Optional;

/// Whether this node may ask for votes, and what keeps it from that.
///
/// A node whose disk or state machine hangs would win and then hang the cluster (T40); time that a vote
/// takes to reach the disk is not waiting for a leader (T38).
final class Readiness {
    private final NodeContext context;
    private final OwnMembership own;
    private final ElectionTimer timer;
    private final ApplyWatch applying;
    private final Removal removal;

    Readiness(NodeContext context, OwnMembership own, ElectionTimer timer, ApplyWatch applying, Removal removal) {
        this.context = context;
        this.own = own;
        this.timer = timer;
        this.applying = applying;
        this.removal = removal;
    }

    /// What a node in `role` does about leadership, or what keeps it from it.
    Standing standing(RaftRole role, long tick) {
        if (removal.isRemoved()) {
            return Standing.REMOVED;
        }
        return switch (role) {
            case RaftRole.Leader _ -> Standing.LEADS;
            case RaftRole.PreCandidate _ -> hindrance(tick).orElse(Standing.SOUNDS_OUT);
            case RaftRole.Candidate _ -> hindrance(tick).orElse(Standing.ASKS_FOR_VOTES);
            case RaftRole.Follower(NodeId leader) ->
                leader != null ? Standing.FOLLOWS : hindrance(tick).orElseGet(timer::standing);
        };
    }

    /// Why this node asks for no votes, however long it hears nobody.
    Optional<Standing> hindrance(long tick) {
        if (removal.isRemoved()) {
            return Optional.of(Standing.REMOVED);
        }
        if (!own.isNeeded()) {
            return Optional.of(Standing.NO_VOTER);
        }
        if (isDiskStalled(tick)) {
            return Optional.of(Standing.DISK_STALLED);
        }
        if (isApplyStalled(tick)) {
            return Optional.of(Standing.APPLY_STALLED);
        }
        return context.pendingWrites().isStateDurable() ? Optional.empty() : Optional.of(Standing.VOTE_ON_ITS_WAY);
    }

    /// Whether the disk or the state machine hangs.
    boolean isStalled(long tick) {
        return isDiskStalled(tick) || isApplyStalled(tick);
    }

    private boolean isDiskStalled(long tick) {
        return context.pendingWrites().isStalled(tick, context.config().times().stallTicks());
    }

    private boolean isApplyStalled(long tick) {
        return applying.isStalled(tick, context.config().times().applyStallTicks());
    }
}
