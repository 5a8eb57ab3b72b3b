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

    private final TreeSet<Lane> byPriority = new TreeSet<>(Lane::byPriority);
    private final TreeSet<Lane> byAge = new TreeSet<>(Lane::byAge);

    /// Its place among the groups of its queue, as it was when it took it.
    private int frontPriority;

    private long frontId;
    private long oldestId;

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
        frontPriority = front().frontPriority();
        frontId = front().frontId();
        oldestId = oldest().oldestId();
    }

    static int byPriority(ConcurrencyGroup one, ConcurrencyGroup other) {
        int byPriority = Integer.compare(other.frontPriority, one.frontPriority);
        return byPriority != 0 ? byPriority : Long.compare(one.frontId, other.frontId);
    }

    static int byAge(ConcurrencyGroup one, ConcurrencyGroup other) {
        return Long.compare(one.oldestId, other.oldestId);
    }
}
