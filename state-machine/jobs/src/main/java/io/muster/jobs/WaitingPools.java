package io.muster.jobs;

import io.muster.encoding.InvariantViolation;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pools in which a job waits that could be given out, and whose turn it is.
///
/// Nothing depends on the order of the sets: what is chosen is the least of a total order.
final class WaitingPools {
    /// Those in which a job waits and a slot is free for it.
    private final Set<Pool> live = new LinkedHashSet<>();

    /// Those in which a quarantined job waits.
    private final Set<Pool> withQuarantined = new LinkedHashSet<>();

    /// Something about `pool` changed.
    void look(Pool pool) {
        if (!pool.open.isEmpty() && pool.hasFree) {
            live.add(pool);
        } else {
            live.remove(pool);
        }
        if (pool.quarantined.isEmpty()) {
            withQuarantined.remove(pool);
        } else {
            withQuarantined.add(pool);
        }
    }

    /// `pool` is there no more.
    void forget(Pool pool) {
        live.remove(pool);
        withQuarantined.remove(pool);
    }

    /// Those in which a quarantined job waits.
    Set<Pool> withQuarantined() {
        return withQuarantined;
    }

    /// The next job in turn that a free slot is there for, or null. Between queues the one that has
    /// paid least is next; within it the job of the highest priority, but now and then the oldest of
    /// all.
    @Nullable Job next() {
        JobQueue queue = null;
        for (Pool pool : live) {
            JobQueue first = pool.first().queue;
            queue = queue == null || JobQueue.byPass(first, queue) < 0 ? first : queue;
        }
        if (queue == null) {
            return null;
        }
        return queue.isTurnOfOldest()
                ? oldest(queue).oldest().oldest()
                : front(queue).front().front();
    }

    private ConcurrencyGroup front(JobQueue queue) {
        ConcurrencyGroup front = null;
        for (Pool pool : live) {
            QueueLanes queueLanes = queue.lanesByPool.get(pool);
            if (queueLanes != null && !queueLanes.isEmpty()) {
                ConcurrencyGroup next = queueLanes.front();
                front = front == null || LaneRank.byPriority(next.rank(), front.rank()) < 0 ? next : front;
            }
        }
        return found(front);
    }

    private ConcurrencyGroup oldest(JobQueue queue) {
        ConcurrencyGroup oldest = null;
        for (Pool pool : live) {
            QueueLanes queueLanes = queue.lanesByPool.get(pool);
            if (queueLanes != null && !queueLanes.isEmpty()) {
                ConcurrencyGroup next = queueLanes.oldest();
                oldest = oldest == null || LaneRank.byAge(next.rank(), oldest.rank()) < 0 ? next : oldest;
            }
        }
        return found(oldest);
    }

    private static ConcurrencyGroup found(@Nullable ConcurrencyGroup group) {
        if (group == null) {
            throw new InvariantViolation("a queue that can be served has something to serve");
        }
        return group;
    }
}
