package io.muster.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// One open event stream's queue: filled by the [EventHub], emptied by the thread that writes the stream.
final class EventListener {
    private static final List<LiveEvent> END = List.of();

    /// Its bound is counted in events by [#behind], not in lists.
    private final LinkedBlockingQueue<List<LiveEvent>> queue = new LinkedBlockingQueue<>();

    private final AtomicInteger behind = new AtomicInteger();

    /// Queues events; false when the listener is too far behind and was cut off.
    boolean accept(List<LiveEvent> events) {
        if (behind.addAndGet(events.size()) > EventHub.MAX_BEHIND) {
            end();
            return false;
        }
        queue.add(events);
        return true;
    }

    /// Ends the stream once what is queued was written.
    void end() {
        queue.add(END);
    }

    /// Waits for the next events: none after `seconds` without any.
    Optional<List<LiveEvent>> next(int seconds) throws InterruptedException {
        var events = queue.poll(seconds, TimeUnit.SECONDS);
        if (events != null) {
            behind.addAndGet(-events.size());
        }
        return Optional.ofNullable(events);
    }

    /// Whether these events, as [#next] returned them, say that the stream is over.
    static boolean isEnd(List<LiveEvent> events) {
        return events.isEmpty();
    }
}
