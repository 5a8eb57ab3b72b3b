package io.muster.raft;

import io.muster.log.NodeId;
import java.util.List;
import java.util.function.ToLongFunction;

/// What a node does while it leads in one term: what it appends, what it counts, which readers it owes an answer.
final class LeaderState {
    private final NodeContext context;
    private final RaftLog log;
    private final Replication replication;
    private final Rounds rounds;
    private final Barriers barriers;
    private final long termStart;
    private final LogPast past;
    private final int votes;
    private final InflightWindow uncommitted = new InflightWindow();
    private final InflightWindow unapplied = new InflightWindow();
    private final ToLongFunction<NodeId> durableAt;
    private int sinceHeartbeat;
    private int sinceQuorumCheck;

    /// @param votes how many votes it was won with
    /// @param reads where tickets for reads of the disk come from
    /// @param roundNumbers where numbers of heartbeat rounds come from
    LeaderState(NodeContext context, long tick, int votes, Tickets reads, Tickets roundNumbers) {
        this.context = context;
        this.log = context.log();
        this.votes = votes;
        replication = new Replication(context, tick, reads);
        rounds = new Rounds(context, replication, roundNumbers);
        termStart = log.lastIndex() + 1;
        past = new LogPast(context.config().times().electionTicksMin(), termStart);
        barriers = new Barriers(context, rounds, termStart);
        durableAt = replication::durableAt;
    }

    /// Appends the term's first entry and announces it. Only an entry of its own term can be committed by counting,
    /// and it commits everything before it (Raft §5.4.2, §8).
    void open(long tick) {
        append(Batch.termStart(termStart, context.term(), log.lastTime(), context.self()));
        replication.feedAll(tick);
        rounds.send();
    }

    void propose(Input.Proposed proposed) {
        if (uncommitted.bytes() >= context.config().memory().maxUncommittedBytes()
                || unapplied.bytes() >= context.config().memory().maxUnappliedBytes()) {
            context.outbox().add(new Effect.Refused(Effect.Refused.Reason.OVERLOADED));
            return;
        }
        var time = proposed.time().atLeast(log.lastTime());
        var head = new Batch.Head(log.lastIndex() + 1, proposed.count(), context.term(), BatchKind.COMMANDS, time);
        var batch = Batch.seal(head, proposed.body());
        append(batch);
        context.outbox().add(new Effect.Appended(batch));
    }

    /// Appends `next`, which is in force from now on: who is new in it is fed, who is no longer in it
    /// learns so and is left alone then.
    void enter(Configuration next, long tick) {
        append(Batch.configuration(log.lastIndex() + 1, context.term(), log.lastTime(), next));
        replication.follow(log.storedConfiguration(), tick);
    }

    /// Whether an entry of this term is committed: before that a leader does not know all that is (Raft
    /// §8).
    boolean hasBegun() {
        return log.commitIndex() >= termStart;
    }

    /// Whether `learner` keeps up with this log; see [LogPast].
    boolean hasCaughtUp(NodeId learner) {
        return replication
                .replica(learner)
                .filter(replica -> replica.progress() instanceof Progress.Replicating && replica.isThere())
                .filter(replica -> replica.match() >= past.oldest())
                .isPresent();
    }

    /// How many entries `node` has yet to store.
    long missingAt(NodeId node) {
        return log.lastIndex() - replication.durableAt(node);
    }

    /// Lets one tick pass, when everything up to `appliedIndex` is applied here; returns whether a quorum was
    /// heard lately. A leader that was not heard by a quorum must stop leading (T34, T36).
    boolean tick(long tick, long appliedIndex) {
        unapplied.freeTo(appliedIndex);
        past.tick(log.lastIndex());
        replication.retry(tick);
        if (++sinceHeartbeat >= context.config().times().heartbeatTicks()) {
            sinceHeartbeat = 0;
            rounds.send();
        }
        if (++sinceQuorumCheck < context.config().times().electionTicksMin()) {
            return true;
        }
        sinceQuorumCheck = 0;
        return heardQuorum();
    }

    void accepted(NodeId from, Message.AppendAccepted answer, long tick) {
        replication.replica(from).ifPresent(replica -> replication.accepted(replica, answer, tick));
    }

    void rejected(NodeId from, Message.AppendRejected answer, long tick) {
        replication.replica(from).ifPresent(replica -> replication.rejected(replica, answer, tick));
    }

    void heartbeatAnswered(NodeId from, Message.HeartbeatReply answer) {
        replication.replica(from).ifPresent(replica -> rounds.answered(replica, answer.round()));
    }

    void batchesRead(long ticket, List<Batch> batches, long tick) {
        replication.batchesRead(ticket, batches, tick);
    }

    void installWanted(NodeId from, Message.InstallWanted wanted, long tick) {
        replication.replica(from).ifPresent(replica -> replication.wanted(replica, wanted, tick));
    }

    void pieceRead(Input.PieceRead read, long tick) {
        replication.pieceRead(read, tick);
    }

    void restarted(NodeId peer) {
        replication.replica(peer).ifPresent(Replica::restarted);
    }

    /// `origin` wants to read. While the lease holds and this leader knows all that was committed before it, what
    /// is committed here is all that anybody was told of: no round need prove it (thesis §6.4.1, T49).
    void askBarrier(NodeId origin, long ticket, Trust trust) {
        if (trust == Trust.HELD && hasBegun()) {
            barriers.reach(origin, ticket, log.commitIndex());
        } else {
            barriers.ask(origin, ticket);
        }
    }

    /// Commits what a quorum holds durably, if it was made in this term: an older entry on a quorum can still be
    /// overwritten (Raft §5.4.2, figure 8; T17).
    void advanceCommit() {
        long agreed = context.configuration().agreed(durableAt);
        if (agreed > log.commitIndex() && log.terms().termAt(agreed) == context.term()) {
            log.commitTo(agreed);
            uncommitted.freeTo(agreed);
            context.outbox().add(new Effect.Committed(agreed));
        }
    }

    /// Does what has become possible: answer readers, send.
    void settle(long tick) {
        barriers.settle();
        replication.feedAll(tick);
        replication.tellCommit();
    }

    /// This node leads no more.
    void close() {
        barriers.failAll();
        replication.close();
    }

    int votes() {
        return votes;
    }

    Replication replication() {
        return replication;
    }

    private void append(Batch batch) {
        context.append(batch);
        uncommitted.add(batch.lastIndex(), batch.size());
        unapplied.add(batch.lastIndex(), batch.size());
    }

    private boolean heardQuorum() {
        long heard = context.configuration().agreed(node -> isHeard(node) ? 1 : 0);
        replication.replicas().forEach(Replica::forgetActivity);
        return heard == 1;
    }

    private boolean isHeard(NodeId node) {
        return node.equals(context.self())
                || replication.replica(node).map(Replica::isActive).orElse(false);
    }
}
