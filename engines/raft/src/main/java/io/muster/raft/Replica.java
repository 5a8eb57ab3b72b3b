package io.muster.raft;

import io.muster.log.NodeId;
import io.muster.raft.Progress.Probing;
import io.muster.raft.Progress.Replicating;

/// What a leader knows of one other member, for as long as it leads.
final class Replica {
    /// No read of the disk is under way for this member.
    static final long NO_READ = 0;

    private final NodeId id;
    private Progress progress;
    private long session = 1;
    private long match;
    private long round;
    private boolean isActive = true;
    private long heardAt;
    private long toldCommit;
    private long readTicket = NO_READ;

    /// @param next what it is sent first: what follows the log that the leader was elected with
    /// @param tick now
    Replica(NodeId id, long next, long tick) {
        this.id = id;
        this.heardAt = tick;
        progress = new Probing(next, false, false);
    }

    NodeId id() {
        return id;
    }

    Progress progress() {
        return progress;
    }

    /// Which run of replication is under way; answers to earlier ones are ignored (T19).
    long session() {
        return session;
    }

    /// The last entry it has acknowledged as durable in this session. Only an accepted append raises it (T18).
    long match() {
        return match;
    }

    /// The last round of heartbeats it has answered.
    long round() {
        return round;
    }

    /// The highest commit index it was told.
    long toldCommit() {
        return toldCommit;
    }

    /// The read of older batches that is under way for it, or [#NO_READ].
    long readTicket() {
        return readTicket;
    }

    /// Whether it may be sent an append now.
    boolean maySend(RaftConfig config) {
        if (readTicket != NO_READ) {
            return false;
        }
        return switch (progress) {
            case Probing probing -> !probing.isWaiting();
            case Replicating replicating -> {
                var inflight = replicating.inflight();
                yield inflight.count() < config.maxInflightAppends() && inflight.bytes() < config.maxInflightBytes();
            }
        };
    }

    /// Whether everything sent to it was answered.
    boolean isIdle() {
        return switch (progress) {
            case Probing probing -> !probing.isWaiting();
            case Replicating replicating -> replicating.inflight().count() == 0;
        };
    }

    void reading(long ticket) {
        readTicket = ticket;
    }

    void sent(Message.Append append, int size, long tick) {
        if (isIdle()) {
            heardAt = tick;
        }
        switch (progress) {
            case Probing probing -> progress = new Probing(append.prevIndex() + 1, true, probing.isEmpty());
            case Replicating replicating -> replicating.sent(append.lastIndex(), size);
        }
        told(Math.min(append.commit(), append.lastIndex()));
    }

    void told(long commit) {
        toldCommit = Math.max(toldCommit, commit);
    }

    void accepted(long acknowledged, long tick) {
        heard(tick);
        match = Math.max(match, acknowledged);
        switch (progress) {
            case Probing probing -> {
                // An answer to something older says nothing about what came after it: wait for the probe's own.
                if (match + 1 >= probing.next()) {
                    progress = new Replicating(match + 1);
                }
            }
            case Replicating replicating -> replicating.accepted(match);
        }
    }

    /// Its log differs from the leader's after `common` at the latest: look for the place where they agree, and listen
    /// to nothing that answers what was sent before.
    void rejected(long common, long tick) {
        heard(tick);
        session++;
        progress = new Probing(Math.max(match, common) + 1, false, false);
    }

    /// The member restarted, or what was on its way to it is lost: what it acknowledged counts no more until it
    /// acknowledges it again.
    void restarted() {
        session++;
        match = 0;
        toldCommit = 0;
        readTicket = NO_READ;
        progress = switch (progress) {
            case Probing probing -> new Probing(probing.next(), false, probing.isEmpty());
            case Replicating replicating -> new Probing(replicating.next(), false, true);
        };
    }

    /// Asks again if nothing was heard for `ticks` although an answer is due.
    void retry(long tick, int ticks) {
        if (!isIdle() && tick - heardAt >= ticks) {
            heardAt = tick;
            progress = new Probing(progress.next(), false, true);
        }
    }

    void answeredRound(long answered) {
        isActive = true;
        round = Math.max(round, answered);
    }

    /// Whether it was heard since [#forgetActivity].
    boolean isActive() {
        return isActive;
    }

    void forgetActivity() {
        isActive = false;
    }

    private void heard(long tick) {
        isActive = true;
        heardAt = tick;
    }
}
