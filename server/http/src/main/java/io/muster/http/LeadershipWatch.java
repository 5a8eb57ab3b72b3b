package io.muster.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets requests wait for a leader: woken by every change of leadership, and at the latest after a short while, because
/// an address can become known, or a dead leader's port be refused, without one.
final class LeadershipWatch {
    /// Short against an election, long against a round trip.
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long changes;

    /// Wakes everybody who waits; called from the engine's side, it only takes the lock for a moment.
    void changed() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// How many changes there were. Ask before looking who leads, so that a change after the look ends [#awaitAfter].
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until there were more than `seen` changes, or until it is worth looking again without one.
    void awaitAfter(long seen) throws InterruptedException {
        lock.lock();
        try {
            long nanosLeft = PATIENCE.toNanos();
            while (changes == seen && nanosLeft > 0) {
                nanosLeft = changed.awaitNanos(nanosLeft);
            }
        } finally {
            lock.unlock();
        }
    }
}
