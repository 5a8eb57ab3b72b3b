package io.muster.raftruntime;

import io.muster.log.EngineStatus;
import io.muster.log.Leadership;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.raft.Effect;
import io.muster.raft.RaftStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node shows of itself to other threads: who leads, until when a leader may believe in it, and the status. The
/// loop's thread writes it, any thread reads it.
final class PublishedView {
    private static final Logger log = LoggerFactory.getLogger(PublishedView.class);

    private final NodeId self;
    private final Transport transport;
    private final Clocks clocks;
    private final Lease lease;
    private volatile Leadership leadership;
    private volatile EngineStatus status;

    /// The view of a node that has just restored `raft`, and knows no leader.
    PublishedView(RaftSettings settings, Transport transport, Clocks clocks, RaftStatus raft) {
        this.self = settings.self();
        this.transport = transport;
        this.clocks = clocks;
        lease = new Lease(settings.leaseNanos());
        leadership = Leadership.unknown(raft.term());
        status = StatusView.of(self, raft, transport, 0);
    }

    /// Who leads. From any thread.
    Leadership leadership() {
        return leadership;
    }

    /// What can be seen from outside. From any thread.
    EngineStatus status() {
        return status;
    }

    /// What is told to those whose proposals cannot be appended here.
    Outcome notLeading() {
        return new Outcome.NotLeader(Outcome.Hint.of(leadership.leader()));
    }

    /// Leadership begins, ends or moves on.
    void changed(Effect.LeadershipChanged changed) {
        if (changed.isMine()) {
            lease.begin(clocks.nanos());
        }
        publish(new Leadership(changed.term(), changed.leader(), changed.isMine(), 0));
        log.info(
                "leadership node={} term={} leader={}",
                self,
                changed.term(),
                changed.leader().map(NodeId::value).orElse("unknown"));
    }

    /// A round of heartbeats is about to be sent.
    void sent(long round) {
        lease.sent(round, clocks.nanos());
    }

    /// A quorum answered a round: leadership may be believed in for longer.
    void confirmed(long round) {
        lease.confirmed(round);
        publish(leadership);
    }

    /// This leader must not believe in its leadership any more, though it goes on leading.
    void leaseGivenUp() {
        lease.giveUp(clocks.nanos());
        publish(leadership);
    }

    /// The core and the clocks are in this state now.
    void refresh(RaftStatus raft, long wallAheadMillis) {
        status = StatusView.of(self, raft, transport, wallAheadMillis);
    }

    /// The node takes no part any more.
    void end() {
        leadership = Leadership.unknown(leadership.term());
    }

    private void publish(Leadership seen) {
        long until = seen.isMine() ? lease.trustedUntilNanos() : 0;
        leadership = new Leadership(seen.term(), seen.leader(), seen.isMine(), until);
    }
}
