package io.muster.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Where one stream stands in the ring of an [EventHub]. Used by the thread that writes the stream.
final class EventCursor {
    /// Events taken at a time: a stream that is behind writes in pieces, and looks up in between.
    private static final int MAX_TAKEN = 512;

    private final EventHub hub;
    private final String key;
    private long next;

    EventCursor(EventHub hub, String key, long next) {
        this.hub = hub;
        this.key = key;
        this.next = next;
    }

    /// What comes next.
    sealed interface Next {
        /// These, in order; never none.
        record Events(List<LiveEvent> events) implements Next {}

        /// Nothing happened for that long.
        record Quiet() implements Next {}

        /// What came next is not there any more: a reader must read everything anew, and goes on from now.
        record Lost() implements Next {}

        /// The server stops.
        record End() implements Next {}
    }

    /// The key that listens.
    String key() {
        return key;
    }

    /// Waits for the next events, `patience` at most.
    Next next(Duration patience) throws InterruptedException {
        if (hub.count() == next) {
            hub.await(next, patience);
        }
        if (hub.isClosed()) {
            return new Next.End();
        }
        long end = Math.min(hub.count(), next + MAX_TAKEN);
        if (end == next) {
            return new Next.Quiet();
        }
        var events = new ArrayList<LiveEvent>((int) (end - next));
        for (long number = next; number < end; number++) {
            LiveEvent event = hub.at(number);
            if (event != null) {
                events.add(event);
            }
        }
        // Looked at afterwards: while it was read, the ring may have come round.
        if (next < hub.oldest() || events.size() < end - next) {
            next = hub.count();
            return new Next.Lost();
        }
        next = end;
        return new Next.Events(events);
    }

    /// Goes back behind the event `last`; false, and nothing changed, where not all since then is there any more.
    boolean resumeAfter(EventId last) {
        long end = hub.count();
        long start = hub.oldest();
        LiveEvent first = start < end ? hub.at(start) : null;
        LiveEvent newest = start < end ? hub.at(end - 1) : null;
        boolean reachesBack = first != null
                && newest != null
                && first.id().compareTo(last) <= 0
                && newest.id().lineage() == last.lineage();
        if (!reachesBack) {
            return false;
        }
        long place = end;
        while (place > start) {
            LiveEvent before = hub.at(place - 1);
            if (before == null || before.id().compareTo(last) <= 0) {
                break;
            }
            place--;
        }
        if (place < hub.oldest()) {
            return false;
        }
        next = place;
        return true;
    }
}
