package io.muster.raftruntime;

import io.muster.log.EngineReport;
import io.muster.log.EngineReport.Disk;
import io.muster.log.EngineStatus;
import io.muster.log.Leadership;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.raft.Effect;
import io.muster.raft.RaftStatus;
import io.muster.raft.Trust;
import java.util.Optional;
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
    private volatile EngineReport report;
    private Optional<NodeId> lastLeader = Optional.empty();
    private long ledNanos;

    /// The view of a node that has just restored `raft`, and knows no leader.
    PublishedView(RaftSettings settings, Transport transport, Clocks clocks, RaftStatus raft) {
        this.self = settings.self();
        this.transport = transport;
        this.clocks = clocks;
        lease = new Lease(settings.leaseNanos());
        leadership = Leadership.unknown(raft.term());
        status = StatusView.of(self, raft, transport, 0);
        report = report(raft, Disk.UNUSED);
    }

    /// Who leads. From any thread.
    Leadership leadership() {
        return leadership;
    }

    /// What can be seen from outside. From any thread.
    EngineStatus status() {
        return status;
    }

    /// Why somebody leads, or nobody. From any thread.
    EngineReport report() {
        return report;
    }

    /// What is told to those whose proposals cannot be appended here.
    Outcome notLeading() {
        return new Outcome.NotLeader(Outcome.Hint.of(leadership.leader()));
    }

    /// What is told to those whose proposals the core refused.
    Outcome refusal(Effect.Refused.Reason reason, int retryMillis) {
        return switch (reason) {
            case NOT_LEADING -> notLeading();
            case OVERLOADED, HANDING_OVER -> new Outcome.Overloaded(retryMillis);
        };
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

    /// Others take part from now on.
    void changed(Effect.ConfigurationChanged changed) {
        var configuration = changed.stored().configuration();
        log.info(
                "members node={} index={} voters={} leaving={} learners={}",
                self,
                changed.stored().index(),
                configuration.voters(),
                configuration.outgoing(),
                configuration.learners());
    }

    /// A round of heartbeats is about to be sent.
    void sent(long round) {
        lease.sent(round, clocks.nanos());
    }

    /// Whether this node leads, and may believe that nobody else does.
    Trust trust() {
        boolean isHeld = leadership.isMine() && lease.trustedUntilNanos() - clocks.nanos() > 0;
        return isHeld ? Trust.HELD : Trust.NONE;
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

    /// The core, the clocks and the disk are in this state now.
    void refresh(RaftStatus raft, long wallAheadMillis, Disk disk) {
        status = StatusView.of(self, raft, transport, wallAheadMillis);
        report = report(raft, disk);
    }

    /// The node takes no part any more.
    void end() {
        leadership = Leadership.unknown(leadership.term());
    }

    private EngineReport report(RaftStatus raft, Disk disk) {
        long now = clocks.nanos();
        if (raft.leader().isPresent()) {
            lastLeader = raft.leader();
            ledNanos = now;
        }
        return new EngineReport(
                now,
                raft.standing(),
                raft.lastTerm(),
                raft.votedFor(),
                raft.votes(),
                lastLeader,
                ledNanos,
                disk,
                StatusView.links(self, raft, transport));
    }

    private void publish(Leadership seen) {
        long until = seen.isMine() ? lease.trustedUntilNanos() : 0;
        leadership = new Leadership(seen.term(), seen.leader(), seen.isMine(), until);
    }
}
