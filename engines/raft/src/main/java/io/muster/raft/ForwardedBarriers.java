package io.muster.raft;

import io.muster.log.NodeId;
import java.util.LinkedHashMap;

/// The read barriers that a follower has passed on to its leader and waits for.
///
/// On the wire each has a number of its own: a late answer to a barrier of a former life must not meet a reader of
/// this one (T50).
final class ForwardedBarriers {
    private final NodeContext context;
    private final Tickets numbers;
    private final LinkedHashMap<Long, Waiting> waiting = new LinkedHashMap<>();

    /// @param numbers starts anywhere, differently in every life of the node
    ForwardedBarriers(NodeContext context, Tickets numbers) {
        this.context = context;
        this.numbers = numbers;
    }

    void forward(NodeId leader, long ticket, long tick) {
        if (waiting.size() >= context.config().memory().maxBarriers()) {
            context.outbox().add(new Effect.BarrierFailed(ticket));
            return;
        }
        long number = numbers.next();
        waiting.put(number, new Waiting(ticket, tick + context.config().times().barrierTicks()));
        context.send(leader, new Message.BarrierRequest(context.term(), number));
    }

    void answered(Message.BarrierReply reply) {
        var asked = waiting.remove(reply.ticket());
        if (asked == null) {
            return;
        }
        context.outbox()
                .add(
                        reply.isRefusal()
                                ? new Effect.BarrierFailed(asked.ticket())
                                : new Effect.BarrierReached(asked.ticket(), reply.index()));
    }

    /// Gives up on those that have waited too long; they stand in the order in which they were asked.
    void tick(long tick) {
        while (!waiting.isEmpty() && waiting.firstEntry().getValue().deadline() <= tick) {
            fail(waiting.pollFirstEntry().getValue());
        }
    }

    void failAll() {
        while (!waiting.isEmpty()) {
            fail(waiting.pollFirstEntry().getValue());
        }
    }

    private void fail(Waiting asked) {
        context.outbox().add(new Effect.BarrierFailed(asked.ticket()));
    }

    private record Waiting(long ticket, long deadline) {}
}
