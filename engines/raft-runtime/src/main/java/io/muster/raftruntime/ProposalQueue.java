package io.muster.raftruntime;

import io.muster.log.Entries;
import io.muster.log.Proposal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/// Proposals on their way to the loop. What gathers here while the disk is busy becomes the next batch.
final class ProposalQueue {
    /// Sixteen full batches: at a thousand writes a second that is a minute, at a hundred thousand half a second, after
    /// which an honest "try again" is worth more than a longer queue.
    static final int MAX_WAITING = 16 * Entries.MAX_COUNT;

    /// The same limit in bytes, for large commands.
    static final int MAX_WAITING_BYTES = 64 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Proposal> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean isClosed;

    /// What became of an offer.
    enum Answer {
        TAKEN,
        FULL,
        CLOSED
    }

    /// Adds a proposal, unless too many wait. From any thread.
    Answer offer(Proposal proposal) {
        lock.lock();
        try {
            if (isClosed) {
                return Answer.CLOSED;
            }
            if (waiting.size() >= MAX_WAITING || waitingBytes >= MAX_WAITING_BYTES) {
                return Answer.FULL;
            }
            waiting.add(proposal);
            waitingBytes += proposal.envelope().length;
            return Answer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /// Takes as many proposals as one batch may hold, oldest first.
    List<Proposal> take() {
        lock.lock();
        try {
            var taken = new ArrayList<Proposal>(Math.min(waiting.size(), Entries.MAX_COUNT));
            long bytes = 0;
            while (taken.size() < Entries.MAX_COUNT && !waiting.isEmpty()) {
                int size = waiting.element().envelope().length;
                if (!taken.isEmpty() && bytes + size > Entries.SOFT_MAX_BYTES) {
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

    /// Takes no more offers.
    void close() {
        lock.lock();
        try {
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }
}
