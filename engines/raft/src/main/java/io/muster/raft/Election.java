package io.muster.raft;

import io.muster.log.NodeId;
import io.muster.raft.RaftRole.Candidate;
import io.muster.raft.RaftRole.Follower;
import io.muster.raft.RaftRole.Leader;
import io.muster.raft.RaftRole.PreCandidate;
import java.util.Optional;

/// How a node comes to lead, and how it answers others who want to: a pre-vote, which changes nothing (thesis §9.6),
/// then the vote in a new term (Raft §5.2).
///
/// The candidate's own vote counts, and the requests leave, once that vote is synced (T1, T11); see [#ownVoteStored].
final class Election {
    private final NodeContext context;
    private final CurrentRole role;
    private final ElectionTimer timer;
    private final Voting voting;
    private final Tickets ballots;
    private final Tickets reads = new Tickets(0);
    private final Tickets rounds = new Tickets(0);

    /// @param ballots starts anywhere, differently in every life of the node
    Election(NodeContext context, CurrentRole role, ElectionTimer timer, Tickets ballots) {
        this.context = context;
        this.role = role;
        this.timer = timer;
        this.ballots = ballots;
        voting = new Voting(context, timer);
    }

    /// Asks the others whether this node could win.
    void start() {
        timer.restartForPreVote();
        var ballot = new Ballot(ballots.next());
        role.become(new PreCandidate(ballot));
        context.askVoters(new Message.PreVoteRequest(context.term(), ballot.number(), lastIndex(), lastTerm()));
        ballot.count(context.self(), true);
        settlePreVote(ballot);
    }

    /// Campaigns because the leader wishes so: whether it could be won need not be asked (thesis §3.10).
    void takeOver() {
        becomeCandidate();
        context.askVoters(new Message.VoteRequest(context.term(), lastIndex(), lastTerm(), true));
    }

    void answer(NodeId from, Message.PreVoteRequest request) {
        boolean isGranted = voting.wouldVote(from, request, role.get());
        context.send(from, new Message.PreVoteReply(context.term(), request.ballot(), isGranted));
    }

    /// A refusal may teach a later term (T32). A consent may come from an earlier one: its sender has yet to learn
    /// ours.
    void answered(NodeId from, Message.PreVoteReply reply) {
        if (reply.term() > context.term()) {
            role.enterTerm(reply.term());
            return;
        }
        if (role.get() instanceof PreCandidate(Ballot ballot) && ballot.number() == reply.ballot()) {
            ballot.count(from, reply.isGranted());
            settlePreVote(ballot);
        }
    }

    void answer(NodeId from, Message.VoteRequest request) {
        boolean hasLeader = !request.isForced() && (role.get() instanceof Leader || timer.isSticky());
        if (request.term() > context.term() && hasLeader) {
            return;
        }
        if (role.isOfThisTerm(from, request)) {
            context.send(from, new Message.VoteReply(context.term(), voting.vote(from, request)));
        }
    }

    /// `tick` is now.
    void answered(NodeId from, Message.VoteReply reply, long tick) {
        if (role.isOfThisTerm(from, reply) && role.get() instanceof Candidate(Ballot ballot)) {
            ballot.count(from, reply.isGranted());
            settleVote(ballot, tick);
        }
    }

    /// The vote that this node gave in this term is synced. The time that took was no waiting for a leader (T38), so
    /// the wait begins once more; a candidate counts its own vote now.
    void ownVoteStored(long tick) {
        timer.waitAnew();
        if (role.get() instanceof Candidate(Ballot ballot)) {
            ballot.count(context.self(), true);
            settleVote(ballot, tick);
        }
    }

    private void settlePreVote(Ballot ballot) {
        if (ballot.isWon(context.configuration())) {
            becomeCandidate();
            context.askVoters(new Message.VoteRequest(context.term(), lastIndex(), lastTerm()));
        } else if (ballot.isLost(context.configuration())) {
            role.become(new Follower(null));
        }
    }

    /// Raises the term and votes for itself.
    private void becomeCandidate() {
        timer.restart();
        context.pendingWrites().change(new VoteState(context.term() + 1, Optional.of(context.self())));
        role.become(new Candidate(new Ballot(ballots.next())));
    }

    private void settleVote(Ballot ballot, long tick) {
        if (ballot.isWon(context.configuration())) {
            var state = new LeaderState(context, tick, ballot.granted(), reads, rounds);
            role.become(new Leader(state));
            state.open(tick);
        } else if (ballot.isLost(context.configuration())) {
            role.become(new Follower(null));
        }
    }

    private long lastIndex() {
        return context.log().lastIndex();
    }

    private long lastTerm() {
        return context.log().lastTerm();
    }
}
