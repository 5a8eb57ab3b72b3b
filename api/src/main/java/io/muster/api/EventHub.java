package io.muster.api;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Keeps the last events in a ring and hands them to whoever listens.
///
/// While nobody listens, [#isWanted] is false, whoever would publish makes no event at all, and the ring is empty:
/// a busy cluster without a dashboard pays nothing. A listener that went away is waited for ([#LINGER]), so that a
/// reconnecting browser finds what it missed. Whoever resumes from behind the ring is told to start over
/// ([Resumption.Lost]), never left with a silent gap.
///
/// Published from the state's thread, read from one thread a listener; guarded by one lock that is held for a few
/// instructions only.
final class EventHub {
    /// About a second of a very busy cluster: enough for a browser to reconnect in.
    static final int RING_SIZE = 16_384;

    /// A listener further behind than this is cut off; it reconnects and starts over. Bounds what a stalled client
    /// costs.
    static final int MAX_BEHIND = RING_SIZE;

    /// More streams than this on one node are refused: each holds a connection and a queue.
    static final int MAX_LISTENERS = 256;

    /// How long events are still kept when the last listener has gone: a browser reconnects within seconds.
    static final Duration LINGER = Duration.ofSeconds(30);

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<LiveEvent> ring = new ArrayDeque<>();
    private final Set<EventListener> listeners = new LinkedHashSet<>();
    private volatile boolean isWanted;
    private long lastHeardNanos;

    /// `nanos` is the monotonic clock.
    EventHub(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Where a resumed stream goes on.
    sealed interface Resumption {
        /// From where it was, with these events missed meanwhile.
        record Missed(List<LiveEvent> events) implements Resumption {}

        /// Not from where it was: the listener must read everything anew.
        record Lost() implements Resumption {}
    }

    /// Whether it is worth making events.
    boolean isWanted() {
        return isWanted;
    }

    /// Tells everybody who listens, in order. Never blocks on a listener.
    void publish(List<LiveEvent> events) {
        lock.lock();
        try {
            if (!isStillWanted()) {
                forget();
                return;
            }
            for (LiveEvent event : events) {
                if (ring.size() == RING_SIZE) {
                    ring.removeFirst();
                }
                ring.addLast(event);
            }
            listeners.removeIf(listener -> !listener.accept(events));
        } finally {
            lock.unlock();
        }
    }

    /// Adds a listener that knows nothing yet; false when there are too many already.
    boolean listen(EventListener listener) {
        lock.lock();
        try {
            if (listeners.size() >= MAX_LISTENERS) {
                return false;
            }
            listeners.add(listener);
            isWanted = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// What a listener missed that saw everything up to `last`. Called after [#listen], so that nothing falls between;
    /// what is in both, the listener drops by its id.
    Resumption resume(EventId last) {
        lock.lock();
        try {
            boolean reachesBack = !ring.isEmpty() && ring.getFirst().id().compareTo(last) <= 0;
            if (!reachesBack || ring.getLast().id().lineage() != last.lineage()) {
                return new Resumption.Lost();
            }
            var missed = new ArrayList<LiveEvent>();
            for (LiveEvent event : ring) {
                if (event.id().compareTo(last) > 0) {
                    missed.add(event);
                }
            }
            return new Resumption.Missed(missed);
        } finally {
            lock.unlock();
        }
    }

    void leave(EventListener listener) {
        lock.lock();
        try {
            listeners.remove(listener);
            lastHeardNanos = nanos.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /// Ends every stream.
    void close() {
        lock.lock();
        try {
            listeners.forEach(EventListener::end);
            listeners.clear();
            forget();
        } finally {
            lock.unlock();
        }
    }

    private boolean isStillWanted() {
        if (!listeners.isEmpty()) {
            lastHeardNanos = nanos.getAsLong();
            return true;
        }
        return isWanted && nanos.getAsLong() - lastHeardNanos < LINGER.toNanos();
    }

    private void forget() {
        isWanted = false;
        ring.clear();
    }
}
