package io.muster.raft;

import io.muster.encoding.InvariantViolation;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.raft.Progress.Installing;
import io.muster.raft.Progress.Probing;
import io.muster.raft.Progress.Replicating;
import org.jspecify.annotations.Nullable;

/// What a leader knows of one other member, for as long as it leads.
final class Replica {
    /// No read of the disk is under way for this member.
    static final long NO_READ = 0;

    private final NodeId id;
    private Progress progress;
    private long session;
    private long match;
    private long round;
    private boolean isActive = true;
    private boolean wasActive = true;
    private long heardAt;
    private long toldCommit;
    private long readTicket = NO_READ;
    private @Nullable Parting parting;

    /// It is no member any more, since the configuration at `index`.
    ///
    /// @param deadline the tick in which it is left alone in any case
    /// @param round the first round of heartbeats that told it that this is committed; 0 before
    private record Parting(long index, long deadline, long round) {}

    /// @param session one that was never used with this node in this term
    /// @param next what it is sent first: what follows the log that the leader was elected with
    /// @param tick now
    Replica(NodeId id, long session, long next, long tick) {
        this.id = id;
        this.session = session;
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
            case Installing _ -> false;
            case Probing probing -> !probing.isWaiting();
            case Replicating replicating -> {
                var inflight = replicating.inflight();
                yield inflight.count() < config.appends().maxInflight()
                        && inflight.bytes() < config.appends().maxInflightBytes();
            }
        };
    }

    /// Whether everything sent to it was answered.
    boolean isIdle() {
        return switch (progress) {
            case Probing probing -> !probing.isWaiting();
            case Replicating replicating -> replicating.inflight().count() == 0;
            case Installing _ -> false;
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
            case Installing _ -> throw new InvariantViolation("a member that installs is sent no appends");
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
            case Installing installing -> {
                // It has the snapshot: what comes next is what comes behind it (T26).
                if (match >= installing.meta().lastIndex()) {
                    readTicket = NO_READ;
                    progress = new Replicating(match + 1);
                }
            }
        }
    }

    /// It lacks what the log no longer has: it gets `meta` instead, and is asked first how much of it
    /// is there.
    void install(SnapshotMeta meta, long tick) {
        session++;
        readTicket = NO_READ;
        progress = new Installing(meta, Installing.Stage.TO_ASK, 0, tick);
    }

    /// Its install has come to `next` at `tick`.
    void installing(Installing next, long tick) {
        heardAt = tick;
        progress = next;
    }

    /// What was known of its log holds no more: ask about the place before `next`, and listen to
    /// nothing that answers what was sent before.
    void probe(long next) {
        session++;
        readTicket = NO_READ;
        progress = new Probing(next, false, true);
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
            case Installing installing -> installing.toAsk();
        };
    }

    /// Asks again if nothing was heard for long although an answer is due. An install without any news
    /// for very long is given up: its snapshot must not stay pinned for a member that may never come
    /// back.
    void retry(long tick, RaftConfig config) {
        if (isIdle() || tick - heardAt < config.times().retryTicks()) {
            return;
        }
        heardAt = tick;
        switch (progress) {
            case Probing _, Replicating _ -> progress = new Probing(progress.next(), false, true);
            case Installing installing
            when tick - installing.newsTick() >= config.times().installTicks() -> probe(installing.next());
            case Installing installing -> {
                readTicket = NO_READ;
                progress = installing.toAsk();
            }
        }
    }

    void answeredRound(long answered) {
        isActive = true;
        round = Math.max(round, answered);
    }

    /// It is no member any more, since the configuration at `index`; it is fed until it knows, or until
    /// `deadline`.
    void leave(long index, long deadline) {
        parting = new Parting(index, deadline, 0);
    }

    /// Whether it is no member any more.
    boolean isLeaving() {
        return parting != null;
    }

    /// Round `sent` of heartbeats tells it that everything up to `commit` is committed.
    void toldInRound(long sent, long commit) {
        told(commit);
        if (parting instanceof Parting(long index, long deadline, long first) && first == 0 && commit >= index) {
            parting = new Parting(index, deadline, sent);
        }
    }

    /// Whether nothing more is to be sent to it: it answered when it was told that its removal is
    /// committed, or had the time to.
    boolean isGone(long tick) {
        return parting instanceof Parting(long _, long deadline, long told)
                && (tick >= deadline || (told > 0 && round >= told));
    }

    /// Whether it was heard since [#forgetActivity].
    boolean isActive() {
        return isActive;
    }

    void forgetActivity() {
        wasActive = isActive;
        isActive = false;
    }

    /// Whether it was heard since the last but one [#forgetActivity].
    boolean isThere() {
        return isActive || wasActive;
    }

    private void heard(long tick) {
        isActive = true;
        heardAt = tick;
    }
}
