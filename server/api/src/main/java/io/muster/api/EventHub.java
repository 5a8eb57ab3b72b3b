package io.muster.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps the last events in a ring, from which each listener reads at a pace of its own.
///
/// To publish costs the state's thread the same for one listener as for all there may be: a slot is
/// written and a count raised; a thread of this hub's wakes the listeners. Each has a cursor and pulls.
/// Who is overtaken by the ring is told to start over ([EventCursor.Next.Lost]), never left with a
/// silent gap, and holds no memory meanwhile.
///
/// While nobody listens, [#isWanted] is false, a publisher makes no event at all, and the ring is
/// empty: a busy cluster without a dashboard pays nothing. A listener that went away is waited for
/// ([#LINGER]), so that a reconnecting browser finds what it missed.
final class EventHub {
    /// About a second of a very busy cluster: enough for a browser to reconnect in. A power of two,
    /// which makes a place in the ring a mask.
    static final int RING_SIZE = 16_384;

    /// More streams than this on one node are refused: each holds a connection and a thread.
    static final int MAX_LISTENERS = 256;

    /// Streams of one key: some tabs of some people who share it.
    static final int MAX_LISTENERS_PER_KEY = 32;

    /// How long events are still kept when the last listener has gone: a browser reconnects within
    /// seconds.
    static final Duration LINGER = Duration.ofSeconds(30);

    /// Listeners are woken this often at most: soon enough for people, and seldom enough that the
    /// streams of a busy cluster write many events at a time.
    private static final long WAKE_MILLIS = 10;

    private static final int MASK = RING_SIZE - 1;

    private final LongSupplier nanos;
    private final AtomicReferenceArray<@Nullable LiveEvent> ring = new AtomicReferenceArray<>(RING_SIZE);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<String, Integer> byKey = new HashMap<>();
    private final Thread waker =
            Thread.ofPlatform().daemon().name("muster-events").unstarted(this::wake);

    private volatile boolean isWanted;
    private volatile boolean isClosed;
    private volatile boolean isWakerIdle;
    private final AtomicInteger listeners = new AtomicInteger();
    private volatile long lastHeardNanos;

    /// How many events there have been; the newest stands in the slot before. Raised by the state's
    /// thread only.
    private volatile long count;

    /// Events before this one were forgotten.
    private volatile long floor;

    /// `nanos` is the monotonic clock.
    EventHub(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Starts to wake listeners.
    void start() {
        waker.start();
    }

    /// Whether it is worth making events.
    boolean isWanted() {
        return isWanted;
    }

    /// Adds an event. Called on the state's thread only; never waits.
    void publish(LiveEvent event) {
        if (!isStillWanted()) {
            forget();
            return;
        }
        long place = count;
        ring.set((int) place & MASK, event);
        count = place + 1;
        if (isWakerIdle) {
            LockSupport.unpark(waker);
        }
    }

    /// Tells every listener to start over, because there were events that are not known here. Called on
    /// the state's thread only; never waits.
    void skip() {
        if (!isWanted) {
            return;
        }
        long place = count;
        ring.set((int) place & MASK, null);
        floor = place + 1;
        count = place + 1;
        if (isWakerIdle) {
            LockSupport.unpark(waker);
        }
    }

    /// A listener of `key` that hears what happens from now on; none when there are too many already.
    Optional<EventCursor> listen(String key) {
        lock.lock();
        try {
            int ofKey = byKey.getOrDefault(key, 0);
            if (isClosed || listeners.get() >= MAX_LISTENERS || ofKey >= MAX_LISTENERS_PER_KEY) {
                return Optional.empty();
            }
            byKey.put(key, ofKey + 1);
            listeners.incrementAndGet();
            isWanted = true;
            return Optional.of(new EventCursor(this, key, count));
        } finally {
            lock.unlock();
        }
    }

    void leave(EventCursor cursor) {
        lock.lock();
        try {
            byKey.computeIfPresent(cursor.key(), (_, ofKey) -> ofKey > 1 ? ofKey - 1 : null);
            listeners.decrementAndGet();
            lastHeardNanos = nanos.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /// Ends every stream.
    void close() {
        isClosed = true;
        LockSupport.unpark(waker);
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return isClosed;
    }

    /// How many events there have been.
    long count() {
        return count;
    }

    /// The number of the oldest event that can still be read.
    long oldest() {
        // The slot behind the newest may be written at this moment.
        return Math.max(floor, count - RING_SIZE + 1);
    }

    /// The event of that number; null, or a later one, once it is not among the last any more.
    @Nullable LiveEvent at(long number) {
        return ring.get((int) number & MASK);
    }

    /// Waits until there are more than `seen` events, this hub is closed, or `patience` is over.
    void await(long seen, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (count == seen && !isClosed && left > 0) {
                left = news.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        long told = 0;
        while (!isClosed) {
            isWakerIdle = true;
            if (count == told) {
                LockSupport.park(this);
            }
            isWakerIdle = false;
            told = count;
            lock.lock();
            try {
                news.signalAll();
            } finally {
                lock.unlock();
            }
            // A pause, not a wait for anything: what happens meanwhile is told together.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(WAKE_MILLIS));
        }
    }

    private boolean isStillWanted() {
        return listeners.get() > 0 || (isWanted && nanos.getAsLong() - lastHeardNanos < LINGER.toNanos());
    }

    private void forget() {
        lock.lock();
        try {
            if (listeners.get() > 0) {
                return;
            }
            isWanted = false;
            floor = count;
            for (int slot = 0; slot < RING_SIZE; slot++) {
                ring.set(slot, null);
            }
        } finally {
            lock.unlock();
        }
    }
}
