package io.muster.raftruntime;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;

/// What other threads leave for the loop, oldest first, until it closes. The loop takes many at once,
/// so the lock is held for a moment by either side.
final class Mailbox<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private final Bounds limits;
    private final ToIntFunction<T> bytesOf;
    private long waitingBytes;
    private boolean isClosed;

    /// What became of an offer.
    enum Answer {
        TAKEN,
        FULL,
        CLOSED
    }

    /// How many, and how many bytes of them.
    record Bounds(int count, long bytes) {
        /// For what is bounded elsewhere.
        static final Bounds NONE = new Bounds(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    /// @param limits what may wait: an offer beyond is refused
    /// @param bytesOf how large one is
    Mailbox(Bounds limits, ToIntFunction<T> bytesOf) {
        this.limits = limits;
        this.bytesOf = bytesOf;
    }

    /// Adds one, unless too much waits or the loop has ended. From any thread.
    Answer offer(T offered) {
        lock.lock();
        try {
            if (isClosed) {
                return Answer.CLOSED;
            }
            if (waiting.size() >= limits.count() || waitingBytes >= limits.bytes()) {
                return Answer.FULL;
            }
            waiting.add(offered);
            waitingBytes += bytesOf.applyAsInt(offered);
            return Answer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /// Takes the oldest up to `most`, and one at least where any waits.
    ArrayDeque<T> take(Bounds most) {
        lock.lock();
        try {
            var taken = new ArrayDeque<T>(Math.min(waiting.size(), most.count()));
            long bytes = 0;
            while (taken.size() < most.count() && !waiting.isEmpty()) {
                int size = bytesOf.applyAsInt(waiting.element());
                if (!taken.isEmpty() && bytes + size > most.bytes()) {
                    break;
                }
                bytes += size;
                taken.add(waiting.remove());
            }
            waitingBytes -= bytes;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Takes no more offers; what waits can still be taken.
    void close() {
        lock.lock();
        try {
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }
}
