package io.muster.raft;

import io.muster.encoding.Invariant;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.raft.RaftRole.Candidate;
import io.muster.raft.RaftRole.Follower;
import io.muster.raft.RaftRole.Leader;
import io.muster.raft.RaftRole.PreCandidate;
import java.util.List;
import java.util.Optional;

/// One node's part in Raft, as a function: [#step] takes what happened and returns what to do.
///
/// It knows no clock, thread, disk or network; the same seed and inputs give the same effects, byte for byte. One
/// thread owns it. Every change of role is made here; the parts it is made of compute and answer.
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
public final class Raft {
    /// A message whose term is further ahead than this is garbage and ignored (T44). Pre-vote keeps the terms of
    /// nodes that are cut off from rising, so a cluster takes days of nothing but elections to get there; whoever
    /// wants to use all terms up needs 2^43 such messages.
    private static final long MAX_TERM_JUMP = 1L << 20;

    private final NodeId self;
    private final RaftConfig config;
    private final RaftLog log;
    private final PendingWrites writes;
    private final Outbox outbox;
    private final NodeContext context;
    private final FollowerState following;
    private final ForwardedBarriers forwarded;
    private final ElectionTimer timer;
    private final Voting voting;
    private final ApplyWatch applying = new ApplyWatch();
    private final Tickets ballots;
    private final Tickets reads = new Tickets(0);
    private final Tickets rounds = new Tickets(0);

    private long now;
    private RaftRole role = new Follower(null);
    private Effect.LeadershipChanged announced;

    /// @param seed where this node's randomness comes from: different on every node and in every life of it
    /// @param restored what the node knew before it stopped
    public Raft(RaftConfig config, NodeId self, long seed, Restored restored) {
        this.config = config;
        this.self = self;
        log = new RaftLog(restored, config.windowBytes());
        writes = new PendingWrites(restored.state());
        outbox = new Outbox(writes);
        context = new NodeContext(self, config, log, writes, outbox);
        following = new FollowerState(context);
        var random = new SplitMix64(seed);
        timer = new ElectionTimer(config, random);
        voting = new Voting(context, timer);
        ballots = new Tickets(random.next() >>> 1);
        forwarded = new ForwardedBarriers(context, new Tickets(random.next() >>> 1));
        announced = leadership();
    }

    /// Takes in one input and returns what is to be done about it, in order.
    public List<Effect> step(Input input) {
        switch (input) {
            case Input.Tick(long appliedIndex) -> tick(appliedIndex);
            case Input.ClockJudged(OwnClock clock) -> timer.judged(clock);
            case Input.Received received -> receive(received.from(), received.message());
            case Input.Proposed proposed -> propose(proposed);
            case Input.Persisted persisted -> persisted(persisted.ticket());
            case Input.BatchesRead read -> batchesRead(read);
            case Input.BarrierAsked asked -> askBarrier(asked.ticket());
            case Input.LeaderVanished vanished -> leaderGone(vanished.leader(), timer::leaderVanished);
            case Input.Leaving _ -> resign();
            case Input.PeerRestarted restarted -> peerRestarted(restarted.peer());
        }
        if (role instanceof Leader(LeaderState reign)) {
            reign.settle(now);
        }
        return outbox.take(now);
    }

    /// Who takes part, as far as this node's log says.
    public Configuration configuration() {
        return log.configuration();
    }

    /// Log time of the last entry; nothing is appended with an earlier one.
    public LogTime lastTime() {
        return log.lastTime();
    }

    /// Batches from memory, beginning with the one that holds `index`: up to `maxBytes` but at least one, or none if
    /// it has left the memory and must be read from the disk.
    public List<Batch> recent(long index, int maxBytes) {
        return log.recent(index, maxBytes);
    }

    /// Whether `batch` stands in this node's log. What was read from the disk may not: a cut may be on its way there.
    public boolean holds(Batch batch) {
        return log.terms().holds(batch.lastIndex(), batch.term());
    }

    /// What can be seen of this node now.
    public RaftStatus status() {
        return new RaftStatus(
                role.shown(),
                context.term(),
                announced.leader(),
                writes.state().votedFor(),
                role.votes(),
                log.lastIndex(),
                log.durableIndex(),
                log.commitIndex(),
                log.configuration(),
                role.matches());
    }

    private void tick(long appliedIndex) {
        now++;
        applying.tick(now, appliedIndex, log.commitIndex());
        forwarded.tick(now);
        boolean isWaitOver = timer.tick();
        boolean isStalled =
                writes.isStalled(now, config.stallTicks()) || applying.isStalled(now, config.applyStallTicks());
        switch (role) {
            case Leader(LeaderState reign) -> {
                boolean hasQuorum = reign.tick(now, applying.applied());
                if (isStalled || !hasQuorum) {
                    resign();
                }
            }
            case Follower _, PreCandidate _, Candidate _ -> {
                // A node whose disk or state machine hangs would win and then hang the cluster (T40); time that
                // a vote takes to reach the disk is not waiting for a leader (T38).
                boolean mayCampaign = log.configuration().isVoter(self) && writes.isStateDurable() && !isStalled;
                if (isWaitOver && mayCampaign) {
                    startPreVote();
                }
            }
        }
    }

    private void propose(Input.Proposed proposed) {
        if (role instanceof Leader(LeaderState reign)) {
            reign.propose(proposed);
        } else {
            outbox.add(new Effect.Refused(Effect.Refused.Reason.NOT_LEADING));
        }
    }

    private void persisted(long ticket) {
        boolean wasStateDurable = writes.isStateDurable();
        log.durableTo(writes.complete(ticket));
        outbox.release();
        boolean isVoteNowDurable = !wasStateDurable
                && writes.isStateDurable()
                && writes.state().votedFor().isPresent();
        if (isVoteNowDurable) {
            timer.waitAnew();
        }
        if (isVoteNowDurable && role instanceof Candidate(Ballot ballot)) {
            ballot.count(self, true);
            settleVote(ballot);
        }
    }

    private void batchesRead(Input.BatchesRead read) {
        if (role instanceof Leader(LeaderState reign)) {
            reign.batchesRead(read.ticket(), read.batches(), now);
        }
    }

    private void askBarrier(long ticket) {
        switch (role) {
            case Leader(LeaderState reign) -> reign.askBarrier(self, ticket);
            case Follower(NodeId leader) when leader != null -> forwarded.forward(leader, ticket, now);
            case Follower _, PreCandidate _, Candidate _ -> outbox.add(new Effect.BarrierFailed(ticket));
        }
    }

    private void peerRestarted(NodeId peer) {
        if (role instanceof Leader(LeaderState reign)) {
            reign.restarted(peer);
        }
    }

    /// The leader is gone, or seems so: the timeout is for leaders that fall silent, not for these.
    private void leaderGone(NodeId leader, Runnable hurry) {
        if (role instanceof Follower(NodeId known) && leader.equals(known)) {
            hurry.run();
            become(new Follower(null));
        }
    }

    private void receive(NodeId from, Message message) {
        if (message.term() - context.term() > MAX_TERM_JUMP) {
            return;
        }
        switch (message) {
            case Message.PreVoteRequest request -> answerPreVote(from, request);
            case Message.PreVoteReply reply -> preVoteAnswered(from, reply);
            case Message.VoteRequest request -> answerVote(from, request);
            case Message.VoteReply reply -> voteAnswered(from, reply);
            case Message.Append append -> {
                if (isOfLeader(from, append)) {
                    following.append(from, append);
                }
            }
            case Message.Heartbeat heartbeat -> {
                if (isOfLeader(from, heartbeat)) {
                    timer.heardRound();
                    following.committed(heartbeat.commit());
                    context.send(from, new Message.HeartbeatReply(context.term(), heartbeat.round()));
                }
            }
            case Message.CommitNotice notice -> {
                if (isOfLeader(from, notice)) {
                    following.committed(notice.commit());
                }
            }
            case Message.AppendAccepted accepted ->
                reignAskedBy(from, accepted).ifPresent(reign -> reign.accepted(from, accepted, now));
            case Message.AppendRejected rejected ->
                reignAskedBy(from, rejected).ifPresent(reign -> reign.rejected(from, rejected, now));
            case Message.HeartbeatReply reply ->
                reignAskedBy(from, reply).ifPresent(reign -> reign.heartbeatAnswered(from, reply));
            case Message.BarrierRequest request -> answerBarrier(from, request);
            case Message.BarrierReply reply -> {
                if (isCurrent(from, reply) && role instanceof Follower(NodeId leader) && from.equals(leader)) {
                    forwarded.answered(reply);
                }
            }
            case Message.Resigned resigned -> {
                if (isCurrent(from, resigned)) {
                    leaderGone(from, timer::leaderResigned);
                }
            }
        }
    }

    /// Whether a message is of the current term. A later term ends whatever this node did in its own (Raft §5.1); the
    /// sender of an earlier one is told that it is out of date, or it might never learn (T31).
    private boolean isCurrent(NodeId from, Message message) {
        if (message.term() > context.term()) {
            enterTerm(message.term());
        }
        if (message.term() < context.term()) {
            StaleTermReplies.answer(context.term(), message).ifPresent(answer -> context.send(from, answer));
            return false;
        }
        return true;
    }

    /// Whether a message comes from the leader of the current term; if so, this node follows it.
    private boolean isOfLeader(NodeId from, Message message) {
        if (!isCurrent(from, message)) {
            return false;
        }
        if (!(role instanceof Follower(NodeId leader) && from.equals(leader))) {
            boolean hasAnother = announced.leader().isPresent();
            Invariant.check(!hasAnother, "a term has one leader, not " + announced + " and " + from);
            become(new Follower(from));
        }
        timer.heardLeader();
        return true;
    }

    /// This node's reign, if it leads in the term of `message`.
    private Optional<LeaderState> reignAskedBy(NodeId from, Message message) {
        return isCurrent(from, message) && role instanceof Leader(LeaderState reign)
                ? Optional.of(reign)
                : Optional.empty();
    }

    private void startPreVote() {
        timer.restartForPreVote();
        var ballot = new Ballot(ballots.next());
        become(new PreCandidate(ballot));
        context.askVoters(new Message.PreVoteRequest(context.term(), ballot.number(), log.lastIndex(), log.lastTerm()));
        ballot.count(self, true);
        settlePreVote(ballot);
    }

    private void answerPreVote(NodeId from, Message.PreVoteRequest request) {
        boolean isGranted = voting.wouldVote(from, request, role);
        context.send(from, new Message.PreVoteReply(context.term(), request.ballot(), isGranted));
    }

    /// A refusal may teach a later term (T32). A consent may come from an earlier one: its sender has yet to learn
    /// ours.
    private void preVoteAnswered(NodeId from, Message.PreVoteReply reply) {
        if (reply.term() > context.term()) {
            enterTerm(reply.term());
            return;
        }
        if (role instanceof PreCandidate(Ballot ballot) && ballot.number() == reply.ballot()) {
            ballot.count(from, reply.isGranted());
            settlePreVote(ballot);
        }
    }

    private void settlePreVote(Ballot ballot) {
        if (ballot.isWon(log.configuration())) {
            startVote();
        } else if (ballot.isLost(log.configuration())) {
            become(new Follower(null));
        }
    }

    /// Raises the term and votes for itself; the requests leave, and the own vote counts, once that is synced (T1,
    /// T11).
    private void startVote() {
        timer.restart();
        writes.change(new VoteState(context.term() + 1, Optional.of(self)));
        become(new Candidate(new Ballot(ballots.next())));
        context.askVoters(new Message.VoteRequest(context.term(), log.lastIndex(), log.lastTerm()));
    }

    private void answerVote(NodeId from, Message.VoteRequest request) {
        boolean hasLeader = role instanceof Leader || timer.isSticky();
        if (request.term() > context.term() && hasLeader) {
            return;
        }
        if (isCurrent(from, request)) {
            context.send(from, new Message.VoteReply(context.term(), voting.vote(from, request)));
        }
    }

    private void voteAnswered(NodeId from, Message.VoteReply reply) {
        if (isCurrent(from, reply) && role instanceof Candidate(Ballot ballot)) {
            ballot.count(from, reply.isGranted());
            settleVote(ballot);
        }
    }

    private void settleVote(Ballot ballot) {
        if (ballot.isWon(log.configuration())) {
            var reign = new LeaderState(context, now, ballot.granted(), reads, rounds);
            become(new Leader(reign));
            reign.open(now);
        } else if (ballot.isLost(log.configuration())) {
            become(new Follower(null));
        }
    }

    private void answerBarrier(NodeId from, Message.BarrierRequest request) {
        if (!isCurrent(from, request)) {
            return;
        }
        if (role instanceof Leader(LeaderState reign)) {
            reign.askBarrier(from, request.ticket());
        } else {
            context.send(from, new Message.BarrierReply(context.term(), request.ticket(), 0));
        }
    }

    private void enterTerm(long term) {
        writes.change(new VoteState(term, Optional.empty()));
        stepDown();
    }

    /// Stops leading without being told to, and says so: whoever still hears this node need not wait for its silence.
    private void resign() {
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

    private void become(RaftRole next) {
        if (role instanceof Leader(LeaderState reign)) {
            reign.close();
        }
        role = next;
        var seen = leadership();
        if (!seen.equals(announced)) {
            announced = seen;
            forwarded.failAll();
            outbox.add(seen);
        }
    }

    private Effect.LeadershipChanged leadership() {
        return new Effect.LeadershipChanged(context.term(), role.leader(self), role instanceof Leader);
    }
}
