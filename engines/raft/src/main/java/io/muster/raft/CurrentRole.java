package io.muster.raft;

import io.muster.log.NodeId;
import io.muster.raft.RaftRole.Follower;
import io.muster.raft.RaftRole.Leader;
import java.util.Optional;

/// What this node is in its term: the only place where a role or a term changes, and where that is told.
///
/// ```
///                 wait is over              a quorum would vote           a quorum voted, own vote synced
///   ┌─▶ Follower ─────────────▶ PreCandidate ─────────────▶ Candidate ─────────────────────▶ Leader ─┐
///   │      ▲                       │     ▲                     │  │                                  │
///   │      └── refused, leader ────┘     └── wait is over ─────┘  │ refused, leader heard,           │
///   │          heard, later term                                  │ later term                       │
///   └─────────────────────────────────────────────────────────────┴── later term, no quorum, ────────┘
///                                                                      disk stalled
/// ```
final class CurrentRole {
    private final NodeContext context;
    private final ElectionTimer timer;
    private final ForwardedBarriers forwarded;
    private RaftRole role = new Follower(null);
    private Effect.LeadershipChanged announced;

    CurrentRole(NodeContext context, ElectionTimer timer, ForwardedBarriers forwarded) {
        this.context = context;
        this.timer = timer;
        this.forwarded = forwarded;
        announced = leadership();
    }

    RaftRole get() {
        return role;
    }

    /// What this node does as the leader, if it leads.
    Optional<LeaderState> leading() {
        return role instanceof Leader(LeaderState state) ? Optional.of(state) : Optional.empty();
    }

    /// Who leads, as the shell was told last.
    Optional<NodeId> leader() {
        return announced.leader();
    }

    /// Takes `next`, and tells the shell where that changes who leads. Readers that wait for the leader's answer are
    /// refused then: it will not come.
    void become(RaftRole next) {
        leading().ifPresent(LeaderState::close);
        role = next;
        var seen = leadership();
        if (!seen.equals(announced)) {
            announced = seen;
            forwarded.failAll();
            context.outbox().add(seen);
        }
    }

    /// Whether a message is of the current term. A later term ends whatever this node did in its own (Raft §5.1); the
    /// sender of an earlier one is told that it is out of date, or it might never learn (T31).
    boolean isOfThisTerm(NodeId from, Message message) {
        if (message.term() > context.term()) {
            enterTerm(message.term());
        }
        if (message.term() < context.term()) {
            StaleTermReplies.answer(context.term(), message).ifPresent(answer -> context.send(from, answer));
            return false;
        }
        return true;
    }

    /// Begins `term`, in which this node has voted for nobody yet.
    void enterTerm(long term) {
        context.pendingWrites().change(new VoteState(term, Optional.empty()));
        stepDown();
    }

    /// Stops leading without being told to, and says so: the members that still hear this node need not wait until it
    /// has been silent for long enough.
    void resign() {
        if (role instanceof Leader) {
            context.tellMembers(new Message.Resigned(context.term()));
            stepDown();
        }
    }

    private void stepDown() {
        if (role instanceof Leader) {
            timer.restart();
            timer.forgetLeader();
        }
        become(new Follower(null));
    }

    private Effect.LeadershipChanged leadership() {
        return new Effect.LeadershipChanged(context.term(), role.leader(context.self()), role instanceof Leader);
    }
}
