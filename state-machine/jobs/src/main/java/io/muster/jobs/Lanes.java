package io.muster.jobs;

import io.muster.encoding.Invariant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All queues and lanes, and in which order they are served.
///
/// Between queues: stride scheduling (Waldspurger and Weihl 1995), each pays `1/weight` for a pick and the one that
/// has paid least is next, so that shares follow the weights and not who submits more. [Pools] knows which of them
/// can be served at all.
final class Lanes {
    private final TreeMap<String, JobQueue> queues = new TreeMap<>();
    private final Map<LaneKey, Lane> lanes = new HashMap<>();

    /// What waits beside who could serve it.
    final Pools pools = new Pools();

    /// Quarantined jobs wait here, apart from the others, oldest first.
    final TreeMap<JobId, Job> quarantined = new TreeMap<>();

    /// How much has been paid for the last pick; a queue that starts to have work pays from here.
    long virtualTime;

    Collection<JobQueue> queues() {
        return queues.values();
    }

    @Nullable JobQueue queue(String name) {
        return queues.get(name);
    }

    /// The queue `name`, made if need be; the caller has checked that there is room. A queue that runs empty keeps its
    /// counters; only when there is no room for another is the one forgotten that was used longest ago.
    JobQueue queueOrNew(String name) {
        JobQueue queue = queues.get(name);
        if (queue != null) {
            return queue;
        }
        if (queues.size() >= JobLimits.MAX_QUEUES) {
            queues.values().stream()
                    .filter(JobQueue::isForgettable)
                    .min(JobQueue::byLastUse)
                    .ifPresent(unused -> queues.remove(unused.name()));
        }
        var made = new JobQueue(name);
        queues.put(name, made);
        return made;
    }

    /// All lanes, in no order that anything may depend on.
    Collection<Lane> lanes() {
        return lanes.values();
    }

    int laneCount() {
        return lanes.size();
    }

    boolean hasLane(LaneKey key) {
        return lanes.containsKey(key);
    }

    /// Counts one more live job in the lane of `key`, made if need be; the caller has checked that there is room.
    Lane join(LaneKey key) {
        Lane lane = lanes.get(key);
        if (lane == null) {
            lane = new Lane(key, queueOrNew(key.queue()));
            lanes.put(key, lane);
            pools.enter(lane);
        }
        lane.members++;
        return lane;
    }

    /// Counts one live job less.
    void leave(Lane lane) {
        lane.members--;
        if (lane.members == 0) {
            Invariant.check(lane.isEmpty(), "a lane without members has nobody waiting");
            lanes.remove(lane.key());
            pools.leave(lane);
        }
    }

    /// Whether `count` further queues can be had: those that nobody uses give way.
    boolean hasRoomForQueues(int count) {
        int over = queues.size() + count - JobLimits.MAX_QUEUES;
        return over <= 0
                || over
                        <= queues.values().stream()
                                .filter(JobQueue::isForgettable)
                                .count();
    }

    /// Queues a job for a worker.
    void enlist(Job job) {
        Lane lane = job.lane();
        if (job.isQuarantined()) {
            quarantined.put(job.id, job);
            lane.addQuarantined(job);
            pools.addQuarantined(job);
        } else if (!lane.isEmpty() && !lane.isMovedBy(job)) {
            lane.add(job);
        } else {
            pools.change(lane, () -> lane.add(job));
        }
    }

    /// Takes a job out of its queue, because it was given out or called off.
    void strike(Job job) {
        Lane lane = job.lane();
        if (quarantined.remove(job.id) != null) {
            lane.removeQuarantined(job);
            pools.removeQuarantined(job);
        } else if (lane.isMovedWithout(job)) {
            pools.change(lane, () -> lane.remove(job));
        } else {
            lane.remove(job);
        }
    }

    /// Charges a queue for a pick.
    void charge(JobQueue queue) {
        virtualTime = Math.max(virtualTime, queue.pass);
        queue.pay(virtualTime);
    }

    /// Changes how a queue is served.
    void configure(JobQueue queue, QueueSettings settings) {
        pools.configure(queue, settings);
    }

    boolean hasRoom(Concurrency concurrency) {
        return pools.hasRoom(concurrency);
    }

    void started(Concurrency concurrency) {
        pools.runningChanged(concurrency, 1);
    }

    /// Gives a place under a concurrency key back.
    void ended(Concurrency concurrency) {
        pools.runningChanged(concurrency, -1);
    }
}
