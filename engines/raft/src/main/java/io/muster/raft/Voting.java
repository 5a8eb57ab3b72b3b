package io.muster.raft;

import io.muster.log.NodeId;
import java.util.Optional;

/// Whom this node would vote for, and whom it votes for.
///
/// While a leader is alive nobody gets its vote, whatever term they have: a node that was cut off, or
/// removed, cannot unseat a leader that works (thesis §4.2.3, T35). Only a vote that the leader itself
/// wished for is given at once.
final class Voting {
    private final NodeContext context;
    private final ElectionTimer timer;

    Voting(NodeContext context, ElectionTimer timer) {
        this.context = context;
        this.timer = timer;
    }

    /// Whether this node would vote for the asker in the asker's next term. Answering changes nothing: no term, no
    /// vote, no timer (thesis §9.6, T33).
    ///
    /// Of two who ask at the same time with equal logs, the one with the lower name goes first: after a leader
    /// vanished everyone asks within a few ticks, and a tie would cost a whole timeout.
    boolean wouldVote(NodeId asker, Message.PreVoteRequest request, RaftRole role) {
        boolean isFirst = role instanceof RaftRole.PreCandidate
                && context.self().compareTo(asker) < 0
                && context.log().lastTerm() == request.lastTerm()
                && context.log().lastIndex() == request.lastIndex();
        return !(role instanceof RaftRole.Leader)
                && !isFirst
                && request.term() >= context.term()
                && !timer.isSticky()
                && context.log().isCoveredBy(request.lastIndex(), request.lastTerm());
    }

    /// Votes for `candidate` in the current term if nobody else got the vote and the candidate's log is at least as
    /// complete as this one (Raft §5.2, §5.4.1). Returns whether it did; the answer must wait for the sync.
    boolean vote(NodeId candidate, Message.VoteRequest request) {
        var votedFor = context.pendingWrites().state().votedFor();
        boolean isFree = votedFor.map(candidate::equals).orElse(request.isForced() || !timer.isSticky());
        if (!isFree || !context.log().isCoveredBy(request.lastIndex(), request.lastTerm())) {
            return false;
        }
        context.pendingWrites().change(new VoteState(context.term(), Optional.of(candidate)));
        timer.restart();
        return true;
    }
}
