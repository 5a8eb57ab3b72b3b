package io.muster.raft;

import io.muster.log.NodeId;
import java.util.List;
import java.util.function.ToLongFunction;

/// One leader's time in one term: what it appends, what it counts, what it owes.
final class Reign {
    private final Ground ground;
    private final RaftLog log;
    private final Replication replication;
    private final Rounds rounds;
    private final Barriers barriers;
    private final long termStart;
    private final int votes;
    private final Inflight uncommitted = new Inflight();
    private final Inflight unapplied = new Inflight();
    private final ToLongFunction<NodeId> durableAt;
    private int sinceHeartbeat;
    private int sinceQuorumCheck;

    /// @param votes how many votes it was won with
    /// @param reads where tickets for reads of the disk come from
    /// @param roundNumbers where numbers of heartbeat rounds come from
    Reign(Ground ground, long tick, int votes, Tickets reads, Tickets roundNumbers) {
        this.ground = ground;
        this.log = ground.log();
        this.votes = votes;
        replication = new Replication(ground, tick, reads);
        rounds = new Rounds(ground, replication, roundNumbers);
        termStart = log.lastIndex() + 1;
        barriers = new Barriers(ground, rounds, termStart);
        durableAt = replication::durableAt;
    }

    /// Appends the reign's own first entry and announces it. Only an entry of its own term can be committed by
    /// counting, and it commits everything before it (Raft §5.4.2, §8).
    void open(long tick) {
        append(Batch.termStart(termStart, ground.term(), log.lastTime(), ground.self()));
        replication.feedAll(tick);
        rounds.send();
    }

    void propose(Input.Proposed proposed) {
        if (uncommitted.bytes() >= ground.config().maxUncommittedBytes()
                || unapplied.bytes() >= ground.config().maxUnappliedBytes()) {
            ground.outbox().add(new Effect.Refused(Effect.Refused.Reason.OVERLOADED));
            return;
        }
        var time = proposed.time().atLeast(log.lastTime());
        var head = new Batch.Head(log.lastIndex() + 1, proposed.count(), ground.term(), Kind.COMMANDS, time);
        var batch = Batch.seal(head, proposed.body());
        append(batch);
        ground.outbox().add(new Effect.Appended(batch));
    }

    /// Lets one tick pass, when everything up to `appliedIndex` is applied here; returns whether a quorum was
    /// heard lately. Who was not must stop leading (T34, T36).
    boolean tick(long tick, long appliedIndex) {
        unapplied.freeTo(appliedIndex);
        replication.retry(tick);
        if (++sinceHeartbeat >= ground.config().heartbeatTicks()) {
            sinceHeartbeat = 0;
            rounds.send();
        }
        if (++sinceQuorumCheck < ground.config().electionTicksMin()) {
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

    void restarted(NodeId peer) {
        replication.replica(peer).ifPresent(Replica::restarted);
    }

    void askBarrier(NodeId origin, long ticket) {
        barriers.ask(origin, ticket);
    }

    /// Does what has become possible: commit, answer readers, send.
    void settle(long tick) {
        advanceCommit();
        barriers.settle();
        replication.feedAll(tick);
        replication.tellCommit();
    }

    /// The reign is over.
    void close() {
        barriers.failAll();
    }

    int votes() {
        return votes;
    }

    Replication replication() {
        return replication;
    }

    /// Commits what a quorum holds durably, if it was made in this term: an older entry on a quorum can still be
    /// overwritten (Raft §5.4.2, figure 8; T17).
    private void advanceCommit() {
        long agreed = ground.configuration().agreed(durableAt);
        if (agreed > log.commitIndex() && log.terms().termAt(agreed) == ground.term()) {
            log.commitTo(agreed);
            uncommitted.freeTo(agreed);
            ground.outbox().add(new Effect.Committed(agreed));
        }
    }

    private void append(Batch batch) {
        ground.append(batch);
        uncommitted.add(batch.lastIndex(), batch.size());
        unapplied.add(batch.lastIndex(), batch.size());
    }

    private boolean heardQuorum() {
        long heard = ground.configuration().agreed(node -> isHeard(node) ? 1 : 0);
        replication.replicas().forEach(Replica::forgetActivity);
        return heard == 1;
    }

    private boolean isHeard(NodeId node) {
        return node.equals(ground.self())
                || replication.replica(node).map(Replica::isActive).orElse(false);
    }
}
