package io.muster.jobs;

import java.util.TreeMap;
import java.util.TreeSet;

/// The lanes of one queue in one pool that share a concurrency limit, or all those without one. They stand among the
/// [QueueLanes] as one: when the limit is reached or a place comes free, one thing moves, however many lanes wait.
final class ConcurrencyGroup {
    final QueueLanes queueLanes;
    final Concurrency concurrency;

    /// Jobs that must run alone, apart from the others, oldest first.
    final TreeMap<JobId, Job> quarantined = new TreeMap<>();

    /// Lanes that belong here, whether jobs wait in them or not.
    int members;

    private final TreeSet<Lane> byPriority =
            new TreeSet<>((one, other) -> LaneRank.byPriority(one.rank(), other.rank()));
    private final TreeSet<Lane> byAge = new TreeSet<>((one, other) -> LaneRank.byAge(one.rank(), other.rank()));

    /// Its place among the groups of its queue, as it was when it took it.
    private LaneRank rank = LaneRank.NONE;

    ConcurrencyGroup(QueueLanes queueLanes, Concurrency concurrency) {
        this.queueLanes = queueLanes;
        this.concurrency = concurrency;
    }

    /// Whether no job waits in it that may share a worker.
    boolean isEmpty() {
        return byPriority.isEmpty();
    }

    Lane front() {
        return byPriority.first();
    }

    Lane oldest() {
        return byAge.first();
    }

    void add(Lane lane) {
        lane.takePlace();
        byPriority.add(lane);
        byAge.add(lane);
    }

    void remove(Lane lane) {
        byPriority.remove(lane);
        byAge.remove(lane);
    }

    /// Notes its place among the groups of its queue; called only while it has none.
    void takePlace() {
        LaneRank front = front().rank();
        rank = new LaneRank(front.priority(), front.frontId(), oldest().rank().oldestId());
    }

    LaneRank rank() {
        return rank;
    }
}
