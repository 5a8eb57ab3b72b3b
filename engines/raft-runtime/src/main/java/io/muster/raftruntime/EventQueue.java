package io.muster.raftruntime;

import io.muster.raft.Input;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/// What other threads tell the loop. The loop takes all of it at once, so the lock is held for a moment by either side.
final class EventQueue {
    /// Messages beyond this are dropped, as a network would. Everything else answers something the loop asked
    /// for, or is a reader's question, which the API's admission bounds, or news of a connection, of which
    /// there are few. A transport that reads on the loop's own thread adds no more messages than one poll
    /// finds.
    static final int MAX_WAITING = 65_536;

    private final ReentrantLock lock = new ReentrantLock();
    private ArrayDeque<LoopEvent> waiting = new ArrayDeque<>();
    private boolean isClosed;

    /// Adds an arrival, or answers false where the loop has ended. From any thread.
    boolean add(LoopEvent arrival) {
        lock.lock();
        try {
            if (isClosed) {
                return false;
            }
            boolean isMessage = arrival instanceof LoopEvent.ForCore(Input.Received _);
            if (!isMessage || waiting.size() < MAX_WAITING) {
                waiting.add(arrival);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes no more arrivals.
    void close() {
        lock.lock();
        try {
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }

    /// Exchanges everything that has arrived for `empty`, which is filled next.
    ArrayDeque<LoopEvent> take(ArrayDeque<LoopEvent> empty) {
        lock.lock();
        try {
            ArrayDeque<LoopEvent> taken = waiting;
            waiting = empty;
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
}
