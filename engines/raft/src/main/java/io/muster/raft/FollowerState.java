package io.muster.raft;

import io.muster.encoding.Invariant;
import io.muster.encoding.InvariantViolation;
import io.muster.log.NodeId;

/// The follower's half of replication: takes the leader's batches, keeps its log equal to the leader's, follows its
/// commit index (Raft §5.3).
final class FollowerState {
    private final NodeContext context;
    private final RaftLog log;

    FollowerState(NodeContext context) {
        this.context = context;
        this.log = context.log();
    }

    /// Takes an append of the leader of the current term.
    void append(NodeId leader, Message.Append append) {
        if (!isWellFormed(append)) {
            return;
        }
        boolean isKnown = switch (log.terms().at(append.prevIndex())) {
            case TermSpans.Place.Known(long term) -> term == append.prevTerm();
            // What was compacted is committed, and every leader has all of that (Raft §5.4.3).
            case TermSpans.Place.Compacted _ -> true;
            case TermSpans.Place.Absent _ -> false;
        };
        if (!isKnown) {
            reject(leader, append);
            return;
        }
        for (Batch batch : append.batches()) {
            take(batch);
        }
        commitTo(Math.min(append.commit(), append.lastIndex()));
        accept(leader, append.session(), append.lastIndex());
    }

    /// Follows what the leader says is committed of that which it knows to be here.
    void committed(long index) {
        if (index > log.lastIndex()) {
            throw new InvariantViolation("the log was cut behind this node's back: it ends at " + log.lastIndex()
                    + " but was acknowledged up to " + index);
        }
        commitTo(index);
    }

    /// Appends a batch unless it is here already; cuts the log only where it really differs (T21).
    private void take(Batch batch) {
        if (batch.lastIndex() <= log.base().index()) {
            return;
        }
        Invariant.check(batch.firstIndex() > log.base().index(), "a log begins between two batches");
        if (batch.firstIndex() <= log.lastIndex()) {
            if (log.terms().termAt(batch.firstIndex()) == batch.term()) {
                checkSame(batch);
                return;
            }
            cutFrom(batch.firstIndex());
        }
        context.append(batch);
    }

    private void cutFrom(long index) {
        Invariant.check(index > log.commitIndex(), "no leader contradicts what is committed");
        Invariant.check(isBoundary(index), "logs differ from the beginning of a batch on");
        log.cutFrom(index);
        context.pendingWrites().cutFrom(index);
    }

    /// Says that the log is the leader's up to `match`, once it is stored that far.
    void accept(NodeId leader, long session, long match) {
        var accepted = new Message.AppendAccepted(context.term(), session, match);
        if (match <= log.durableIndex()) {
            context.send(leader, accepted);
        } else {
            context.outbox().sendOnceStored(leader, accepted);
        }
    }

    /// Points to the last place that may agree: everything with a later term than the leader has there cannot.
    private void reject(NodeId leader, Message.Append append) {
        Invariant.check(append.prevIndex() > log.commitIndex(), "a leader has everything that is committed");
        long hint = log.terms()
                .lastWithTermAtMost(append.prevIndex(), append.prevTerm())
                .orElse(log.base().index());
        long hintTerm = log.terms().termAt(hint);
        context.send(
                leader,
                new Message.AppendRejected(context.term(), append.session(), append.prevIndex(), hint, hintTerm));
    }

    private void commitTo(long index) {
        if (log.commitTo(index)) {
            context.outbox().add(new Effect.Committed(index));
        }
    }

    /// (term, index) names one batch in every log: the other end and the bytes must be the same too.
    private void checkSame(Batch batch) {
        Invariant.check(
                batch.lastIndex() <= log.lastIndex() && log.terms().termAt(batch.lastIndex()) == batch.term(),
                "a batch is in a log whole or not at all");
        if (log.window().holds(batch.firstIndex())) {
            var own = log.window().holding(batch.firstIndex());
            Invariant.check(
                    own.firstIndex() == batch.firstIndex() && own.checksum() == batch.checksum(),
                    "two batches never share a term and an index");
        }
    }

    private boolean isBoundary(long index) {
        return !log.window().holds(index) || log.window().holding(index).firstIndex() == index;
    }

    /// A message that no leader of this version sends is dropped: it must not cost more than itself.
    private static boolean isWellFormed(Message.Append append) {
        long next = append.prevIndex() + 1;
        long term = append.prevTerm();
        for (Batch batch : append.batches()) {
            boolean follows = batch.firstIndex() == next && batch.term() >= term && batch.term() <= append.term();
            if (!follows || !batch.isIntact()) {
                return false;
            }
            next = batch.lastIndex() + 1;
            term = batch.term();
        }
        return append.prevIndex() >= 0 && append.prevTerm() >= 0;
    }
}
