package io.muster.raft;

import io.muster.log.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The effects of the step under way, and the messages that wait for a sync.
///
/// Persist, then send (T1, T11): no message of a term leaves before the term is durable, and no acknowledgement before
/// what it acknowledges.
final class Outbox {
    /// More messages than this are not held back in either queue: beyond it a hanging disk costs messages, which may
    /// always be lost, instead of memory.
    static final int MAX_HELD = 4_096;

    private final PendingWrites writes;
    private final ArrayDeque<Held> untilState = new ArrayDeque<>();
    private final ArrayDeque<Held> untilAll = new ArrayDeque<>();
    private List<Effect> effects = new ArrayList<>();

    Outbox(PendingWrites writes) {
        this.writes = writes;
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    /// Sends once the current term and vote are durable; at once if they are.
    void send(NodeId to, Message message) {
        sendAfter(writes.ticketOfState(), untilState, new Effect.Send(to, message));
    }

    /// Sends once everything this node was asked to store until now is durable.
    void sendOnceStored(NodeId to, Message message) {
        sendAfter(writes.ticketOfAll(), untilAll, new Effect.Send(to, message));
    }

    /// Lets go of the messages whose sync is done. Tickets rise along either queue, so this looks at no more than goes.
    void release() {
        release(untilState);
        release(untilAll);
    }

    /// The effects of this step; its write comes first, so that the disk is busy while the rest is sent.
    List<Effect> take(long tick) {
        var persist = writes.collect(tick);
        persist.ifPresent(write -> effects.addFirst(write));
        var taken = effects;
        effects = new ArrayList<>();
        return taken;
    }

    private void release(ArrayDeque<Held> held) {
        while (!held.isEmpty() && writes.isDone(held.getFirst().ticket())) {
            effects.add(held.removeFirst().send());
        }
    }

    private void sendAfter(long ticket, ArrayDeque<Held> held, Effect.Send send) {
        if (writes.isDone(ticket)) {
            effects.add(send);
        } else if (held.size() < MAX_HELD) {
            held.addLast(new Held(ticket, send));
        }
    }

    private record Held(long ticket, Effect.Send send) {}
}
