package io.muster.raft;

import io.muster.log.NodeId;
import java.util.ArrayDeque;

/// The read barriers that a leader still owes an answer (ReadIndex, thesis §6.4).
///
/// A barrier is reached when a round of heartbeats that began *after* it was asked is confirmed (T50) and its index is
/// committed. The index is never below the leader's own first entry: before that is committed, a new leader does not
/// know what its predecessor committed (T49). One round serves all who wait for it.
final class Barriers {
    private final NodeContext context;
    private final Rounds rounds;
    private final long termStart;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();

    Barriers(NodeContext context, Rounds rounds, long termStart) {
        this.context = context;
        this.rounds = rounds;
        this.termStart = termStart;
    }

    /// `origin` wants to read; the answer goes there under `ticket`.
    void ask(NodeId origin, long ticket) {
        if (pending.size() >= context.config().memory().maxBarriers()) {
            fail(origin, ticket);
            return;
        }
        long index = Math.max(context.log().commitIndex(), termStart);
        pending.addLast(new Pending(origin, ticket, rounds.next(), index));
        if (!rounds.isUnderWay()) {
            rounds.send();
        }
    }

    /// Answers the readers that can be answered, and sends a round for those that came during the last one.
    ///
    /// Rounds and indexes both rise along the queue, so the first that must wait makes all after it wait.
    void settle() {
        while (!pending.isEmpty() && isReached(pending.getFirst())) {
            var reached = pending.removeFirst();
            reach(reached.origin(), reached.ticket(), reached.index());
        }
        if (!pending.isEmpty() && pending.getLast().round() >= rounds.next() && !rounds.isUnderWay()) {
            rounds.send();
        }
    }

    /// This node leads no more: every reader is refused.
    void failAll() {
        while (!pending.isEmpty()) {
            var failed = pending.removeFirst();
            fail(failed.origin(), failed.ticket());
        }
    }

    private boolean isReached(Pending barrier) {
        return rounds.confirmed() >= barrier.round() && context.log().commitIndex() >= barrier.index();
    }

    /// `origin` may read at `index`.
    void reach(NodeId origin, long ticket, long index) {
        if (origin.equals(context.self())) {
            context.outbox().add(new Effect.BarrierReached(ticket, index));
        } else {
            context.send(origin, new Message.BarrierReply(context.term(), ticket, index));
        }
    }

    private void fail(NodeId origin, long ticket) {
        if (origin.equals(context.self())) {
            context.outbox().add(new Effect.BarrierFailed(ticket));
        } else {
            context.send(origin, new Message.BarrierReply(context.term(), ticket, 0));
        }
    }

    private record Pending(NodeId origin, long ticket, long round, long index) {}
}
