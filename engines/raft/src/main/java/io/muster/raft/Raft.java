package io.muster.raft;

import io.muster.encoding.Invariant;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.raft.RaftRole.Candidate;
import io.muster.raft.RaftRole.Follower;
import io.muster.raft.RaftRole.Leader;
import io.muster.raft.RaftRole.PreCandidate;
import java.util.List;
import java.util.Optional;

/// One node's part in Raft, as a function: [#step] takes what happened and returns what to do.
///
/// It knows no clock, thread, disk or network; the same seed and inputs give the same effects, byte for byte. One
/// thread owns it. Here is the way of each input and each message to the part that acts on it; [CurrentRole] holds the
/// role and has the diagram of its changes, [Election] is the way to leadership, [LeaderState] and [FollowerState] are
/// what the two lasting roles do.
public final class Raft {
    /// A message whose term is further ahead than this is garbage and ignored (T44). Pre-vote keeps the terms of
    /// nodes that are cut off from rising, so a cluster takes days of nothing but elections to get there; somebody
    /// who wants to use all terms up needs 2^43 such messages. A node that was in no term yet takes the
    /// first that it hears of: a cluster that was begun from a backup has terms of its own, far above.
    private static final long MAX_TERM_JUMP = 1L << 20;

    private final NodeId self;
    private final RaftConfig config;
    private final RaftLog log;
    private final KeptSnapshots snapshots;
    private final PendingWrites pendingWrites;
    private final Outbox outbox;
    private final NodeContext context;
    private final FollowerState followerState;
    private final Installation installation;
    private final ForwardedBarriers forwarded;
    private final ElectionTimer timer;
    private final CurrentRole role;
    private final Election election;
    private final LeadershipTransfer transfer;
    private final OwnMembership own;
    private final MemberChanges changes;
    private final Removal removal;
    private final ApplyWatch applying = new ApplyWatch();
    private final Readiness readiness;

    private StoredConfiguration announced;
    private Trust trust = Trust.NONE;
    private long now;

    /// @param seed where this node's randomness comes from: different on every node and in every life of it
    /// @param restored what the node knew before it stopped
    public Raft(RaftConfig config, NodeId self, long seed, Restored restored) {
        this.config = config;
        this.self = self;
        log = new RaftLog(restored, config.memory().windowBytes());
        pendingWrites = new PendingWrites(restored.state());
        outbox = new Outbox(pendingWrites);
        snapshots = new KeptSnapshots(restored.snapshots());
        context = new NodeContext(self, config, log, snapshots, pendingWrites, outbox);
        followerState = new FollowerState(context);
        installation = new Installation(context, followerState);
        var random = new SplitMix64(seed);
        timer = new ElectionTimer(config.times(), random);
        var ballots = new Tickets(random.next() >>> 1);
        forwarded = new ForwardedBarriers(context, new Tickets(random.next() >>> 1));
        role = new CurrentRole(context, timer, forwarded);
        election = new Election(context, role, timer, ballots);
        transfer = new LeadershipTransfer(context, role);
        own = new OwnMembership(self, restored.identity(), log);
        changes = new MemberChanges(context, own, role, transfer);
        removal = new Removal(context, own);
        readiness = new Readiness(context, own, timer, applying, removal);
        if (!restored.snapshots().isEmpty()) {
            installation.restored(restored.snapshots().getLast());
        }
        announced = log.storedConfiguration();
    }

    /// Takes in one input and returns what is to be done about it, in order.
    public List<Effect> step(Input input) {
        switch (input) {
            case Input.Tick(long appliedIndex) -> tick(appliedIndex);
            case Input.ClockJudged(OwnClock clock) -> timer.judged(clock);
            case Input.Received received -> receive(received.from(), received.message());
            case Input.Proposed proposed -> propose(proposed);
            case Input.Persisted persisted -> persisted(persisted.ticket());
            case Input.BatchesRead read ->
                role.leading().ifPresent(leader -> leader.batchesRead(read.ticket(), read.batches(), now));
            case Input.SnapshotsKept kept -> keep(kept.snapshots());
            case Input.PieceRead read -> role.leading().ifPresent(leader -> leader.pieceRead(read, now));
            case Input.PieceStored stored -> installation.stored(stored.ticket());
            case Input.PieceRefused refused -> installation.refused(refused.ticket());
            case Input.SnapshotReceived received -> snapshotReceived(received.meta());
            case Input.LeaseJudged(Trust judged) -> trust = judged;
            case Input.BarrierAsked asked -> askBarrier(asked.ticket());
            case Input.TransferAsked asked -> transfer.ask(asked, now);
            case Input.ChangeMembers wish -> changes.ask(wish, now);
            case Input.LeaderVanished vanished -> leaderGone(vanished.leader(), timer::leaderVanished);
            case Input.Leaving _ -> role.resign();
            case Input.PeerRestarted restarted ->
                role.leading().ifPresent(leader -> leader.restarted(restarted.peer()));
        }
        settle();
        return outbox.take(now);
    }

    /// Does what has become possible. Who takes part is announced before anything is sent to them.
    private void settle() {
        role.leading().ifPresent(LeaderState::advanceCommit);
        changes.settle(now);
        announceConfiguration();
        role.leading().ifPresent(leader -> leader.settle(now));
        transfer.settle(now);
        if (role.leading().isEmpty()) {
            removal.settle().ifPresent(index -> outbox.add(new Effect.Removed(index)));
        }
    }

    private void announceConfiguration() {
        var stored = log.storedConfiguration();
        if (!stored.equals(announced)) {
            announced = stored;
            outbox.add(new Effect.ConfigurationChanged(stored));
        }
    }

    /// Who takes part, as far as this node's log says.
    public Configuration configuration() {
        return log.configuration();
    }

    /// The same, with the index from which on it is in force; it is committed once that entry is.
    public StoredConfiguration storedConfiguration() {
        return log.configurationAt(log.lastIndex());
    }

    /// The last entry known to be committed.
    public long commitIndex() {
        return log.commitIndex();
    }

    /// Where this node's log begins.
    public LogStart base() {
        return log.base();
    }

    /// Whether this node leads and refuses proposals, because its successor has all it needs and is to
    /// take over: that lasts an election timeout at the most, so who proposes waits.
    public boolean isHandingOver() {
        return transfer.isHolding();
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

    /// What a snapshot of the state after entry `index` stands for; empty where that entry has left the
    /// log meanwhile, because another snapshot was installed.
    ///
    /// @param time log time of that entry
    public Optional<SnapshotMeta> describe(long index, LogTime time) {
        return log.terms().at(index) instanceof TermSpans.Place.Known(long term)
                ? Optional.of(new SnapshotMeta(
                        index, term, time, log.configurationAt(index).encode()))
                : Optional.empty();
    }

    /// What can be seen of this node now.
    public RaftStatus status() {
        return new RaftStatus(
                role.get().shown(),
                readiness.standing(role.get(), now),
                context.term(),
                role.leader(),
                pendingWrites.state().votedFor(),
                role.get().votes(),
                log.lastIndex(),
                log.lastTerm(),
                log.durableIndex(),
                log.commitIndex(),
                log.configuration(),
                role.get().matches());
    }

    private void tick(long appliedIndex) {
        now++;
        applying.tick(now, appliedIndex, log.commitIndex());
        forwarded.tick(now);
        boolean isWaitOver = timer.tick();
        switch (role.get()) {
            case Leader(LeaderState leader) -> {
                boolean hasQuorum = leader.tick(now, applying.applied());
                if (readiness.isStalled(now) || !hasQuorum) {
                    role.resign();
                }
            }
            case Follower _, PreCandidate _, Candidate _ -> {
                if (isWaitOver) {
                    stopWaiting();
                }
            }
        }
    }

    /// No leader was heard for long enough. A node without a vote cannot become one; it may have been
    /// removed.
    private void stopWaiting() {
        if (mayCampaign()) {
            election.start();
        } else if (!own.isNeeded()) {
            timer.restart();
            role.become(new Follower(null));
            removal.ask();
        }
    }

    private boolean mayCampaign() {
        return readiness.hindrance(now).isEmpty();
    }

    private void propose(Input.Proposed proposed) {
        if (transfer.isHolding()) {
            outbox.add(new Effect.Refused(Effect.Refused.Reason.HANDING_OVER));
            return;
        }
        role.leading()
                .ifPresentOrElse(
                        leader -> leader.propose(proposed),
                        () -> outbox.add(new Effect.Refused(Effect.Refused.Reason.NOT_LEADING)));
    }

    private void persisted(long ticket) {
        boolean wasStateDurable = pendingWrites.isStateDurable();
        log.durableTo(pendingWrites.complete(ticket));
        outbox.release();
        boolean isVoteNowDurable = !wasStateDurable
                && pendingWrites.isStateDurable()
                && pendingWrites.state().votedFor().isPresent();
        if (isVoteNowDurable) {
            election.ownVoteStored(now);
        }
    }

    /// These snapshots can be read now: what they cover can leave the log.
    private void keep(List<SnapshotMeta> kept) {
        snapshots.keep(kept);
        if (removal.isRemoved()) {
            // What is left of its log is what it knows of its own removal.
            return;
        }
        long notAbove = role.leading()
                .map(leader -> leader.replication().needsAllAbove())
                .orElse(Long.MAX_VALUE);
        snapshots.cut(log, notAbove, config.memory().keptBytes()).ifPresent(base -> {
            log.cutPrefix(base);
            outbox.add(new Effect.CutPrefix(base));
        });
    }

    /// A leader has everything that is committed: what it began to receive before it was elected brings
    /// it nothing.
    private void snapshotReceived(SnapshotMeta meta) {
        if (role.leading().isEmpty()) {
            installation.received(meta);
        }
    }

    private void askBarrier(long ticket) {
        switch (role.get()) {
            case Leader(LeaderState leader) -> leader.askBarrier(self, ticket, trust);
            case Follower(NodeId leader) when leader != null -> forwarded.forward(leader, ticket, now);
            case Follower _, PreCandidate _, Candidate _ -> outbox.add(new Effect.BarrierFailed(ticket));
        }
    }

    /// The leader is gone, or seems so: the timeout is for leaders that fall silent, not for these.
    private void leaderGone(NodeId leader, Runnable hurry) {
        if (role.get() instanceof Follower(NodeId known) && leader.equals(known)) {
            hurry.run();
            role.become(new Follower(null));
        }
    }

    private void receive(NodeId from, Message message) {
        if (context.term() > 0 && message.term() - context.term() > MAX_TERM_JUMP) {
            return;
        }
        switch (message) {
            case Message.PreVoteRequest request -> {
                election.answer(from, request);
                removal.answer(from);
            }
            case Message.MembershipAsked _ -> removal.answer(from);
            case Message.NotMember(long _, long index) -> removal.told(index);
            case Message.PreVoteReply reply -> election.answered(from, reply);
            case Message.VoteRequest request -> election.answer(from, request);
            case Message.VoteReply reply -> election.answered(from, reply, now);
            case Message.Append append -> ifOfLeader(from, append, () -> append(from, append));
            case Message.Heartbeat heartbeat -> ifOfLeader(from, heartbeat, () -> answerRound(from, heartbeat));
            case Message.CommitNotice notice ->
                ifOfLeader(from, notice, () -> followerState.committed(notice.commit()));
            case Message.AppendAccepted accepted ->
                leaderAskedBy(from, accepted).ifPresent(leader -> leader.accepted(from, accepted, now));
            case Message.AppendRejected rejected ->
                leaderAskedBy(from, rejected).ifPresent(leader -> leader.rejected(from, rejected, now));
            case Message.HeartbeatReply reply ->
                leaderAskedBy(from, reply).ifPresent(leader -> leader.heartbeatAnswered(from, reply));
            case Message.BarrierRequest request -> answerBarrier(from, request);
            case Message.BarrierReply reply -> {
                if (role.isOfThisTerm(from, reply)
                        && role.get() instanceof Follower(NodeId leader)
                        && from.equals(leader)) {
                    forwarded.answered(reply);
                }
            }
            case Message.InstallSnapshot install ->
                ifOfLeader(from, install, () -> installation.receive(from, install));
            case Message.InstallWanted wanted ->
                leaderAskedBy(from, wanted).ifPresent(leader -> leader.installWanted(from, wanted, now));
            case Message.TimeoutNow wish -> ifOfLeader(from, wish, this::takeOver);
            case Message.Resigned resigned -> {
                if (role.isOfThisTerm(from, resigned)) {
                    leaderGone(from, timer::leaderResigned);
                }
            }
        }
    }

    /// Acts on a message if it comes from the leader of the current term, whom this node then follows.
    private void ifOfLeader(NodeId from, Message message, Runnable act) {
        if (!role.isOfThisTerm(from, message)) {
            return;
        }
        if (!(role.get() instanceof Follower(NodeId leader) && from.equals(leader))) {
            Optional<NodeId> other = role.leader();
            Invariant.check(
                    other.isEmpty(), "term " + context.term() + " has one leader, not " + other + " and " + from);
            role.become(new Follower(from));
        }
        timer.heardLeader();
        act.run();
    }

    /// Others take part from now on, and may elect one of themselves, while the leader's lease still rests on a round
    /// that those before them answered: this voter waits for its end as if it had answered that round (T52).
    private void append(NodeId from, Message.Append append) {
        var before = log.storedConfiguration();
        followerState.append(from, append);
        if (!log.storedConfiguration().equals(before)) {
            timer.heardRound();
        }
    }

    private void answerRound(NodeId from, Message.Heartbeat heartbeat) {
        timer.heardRound();
        followerState.committed(heartbeat.commit());
        context.send(from, new Message.HeartbeatReply(context.term(), heartbeat.round()));
    }

    private void takeOver() {
        if (mayCampaign()) {
            election.takeOver();
        }
    }

    /// What this node does as the leader, if it leads in the term of `message`.
    private Optional<LeaderState> leaderAskedBy(NodeId from, Message message) {
        return role.isOfThisTerm(from, message) ? role.leading() : Optional.empty();
    }

    private void answerBarrier(NodeId from, Message.BarrierRequest request) {
        if (role.isOfThisTerm(from, request)) {
            role.leading()
                    .ifPresentOrElse(
                            leader -> leader.askBarrier(from, request.ticket(), trust),
                            () -> context.send(from, new Message.BarrierReply(context.term(), request.ticket(), 0)));
        }
    }
}
