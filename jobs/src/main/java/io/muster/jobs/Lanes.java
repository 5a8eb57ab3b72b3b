package io.muster.jobs;

import io.muster.encoding.Invariant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All queues and lanes, and in which order they are served.
///
/// Between queues: stride scheduling (Waldspurger and Weihl 1995), each pays `1/weight` for a pick and the one that
/// has paid least is next, so that shares follow the weights whoever submits more. A lane that turns out to have no
/// taker is set aside until something changes that could give it one: no search is repeated in vain, whatever the
/// number of waiting jobs.
///
/// What is set aside is knowledge, not state: a ledger read back from a snapshot takes every lane for ready, finds
/// out again, and gives out the same jobs.
final class Lanes {
    private final TreeMap<String, JobQueue> queues = new TreeMap<>();
    private final Map<LaneKey, Lane> lanes = new HashMap<>();
    private final TreeSet<JobQueue> servable = new TreeSet<>(JobQueue::byPass);
    private final Set<Lane> withoutWorker = new LinkedHashSet<>();
    private final Map<String, Set<Lane>> withoutRoom = new HashMap<>();
    private final Map<String, Integer> runningByKey = new HashMap<>();

    /// Jobs that must run alone wait here, apart from the others, oldest first.
    final TreeMap<JobId, Job> solo = new TreeMap<>();

    /// How much has been paid for the last pick; a queue that starts to have work pays from here.
    long virtualTime;

    Collection<JobQueue> queues() {
        return queues.values();
    }

    @Nullable JobQueue queue(String name) {
        return queues.get(name);
    }

    /// The queue `name`, made if need be; the caller has checked that there is room.
    JobQueue queueOrNew(String name) {
        return queues.computeIfAbsent(name, JobQueue::new);
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
        }
    }

    /// Forgets a queue in which nothing stands.
    void tidy(JobQueue queue) {
        if (queue.isForgettable()) {
            servable.remove(queue);
            queues.remove(queue.name());
        }
    }

    /// Queues a job for a worker.
    void enlist(Job job) {
        if (job.mustRunAlone()) {
            solo.put(job.id, job);
            job.lane.addSolo(job);
            return;
        }
        Lane lane = job.lane;
        lane.add(job);
        switch (lane.standing) {
            case EMPTY -> makeReady(lane);
            case READY -> {
                if (lane.isMovedBy(job)) {
                    replace(lane);
                }
            }
            case NO_WORKER, KEY_FULL -> {
                // what is missing is missing for the new job too
            }
        }
    }

    /// Takes a job out of its queue, because it was given out or called off.
    void strike(Job job) {
        if (solo.remove(job.id) != null) {
            job.lane.removeSolo(job);
            return;
        }
        Lane lane = job.lane;
        lane.remove(job);
        if (lane.isEmpty()) {
            setAside(lane, Lane.Standing.EMPTY);
        } else if (lane.standing == Lane.Standing.READY && lane.isMovedWithout(job)) {
            replace(lane);
        }
    }

    /// The queue that is served next, or null when no job is known to have a taker.
    @Nullable JobQueue next() {
        return servable.isEmpty() ? null : servable.first();
    }

    /// Charges a queue for a pick.
    void charge(JobQueue queue) {
        servable.remove(queue);
        virtualTime = Math.max(virtualTime, queue.pass);
        queue.pay(virtualTime);
        offer(queue);
    }

    /// Changes how a queue is served.
    void configure(JobQueue queue, QueueSettings settings) {
        servable.remove(queue);
        queue.settings = settings;
        offer(queue);
        reconsiderAll();
        tidy(queue);
    }

    boolean hasRoom(Concurrency concurrency) {
        return !concurrency.isLimited() || runningByKey.getOrDefault(concurrency.key(), 0) < concurrency.limit();
    }

    int running(Concurrency concurrency) {
        return runningByKey.getOrDefault(concurrency.key(), 0);
    }

    void started(Concurrency concurrency) {
        if (concurrency.isLimited()) {
            runningByKey.merge(concurrency.key(), 1, Integer::sum);
        }
    }

    /// Gives a place under a concurrency key back, and looks again at the lanes that waited for it.
    void ended(Concurrency concurrency) {
        if (!concurrency.isLimited()) {
            return;
        }
        runningByKey.computeIfPresent(concurrency.key(), (_, running) -> running == 1 ? null : running - 1);
        Set<Lane> waiting = withoutRoom.remove(concurrency.key());
        if (waiting != null) {
            waiting.forEach(this::makeReady);
        }
    }

    /// Takes a lane out of those worth a look, because what `standing` says is missing.
    void setAside(Lane lane, Lane.Standing standing) {
        switch (lane.standing) {
            case READY -> {
                lane.queue().unready(lane);
                offer(lane.queue());
            }
            case NO_WORKER -> withoutWorker.remove(lane);
            case KEY_FULL -> {
                Set<Lane> waiting = withoutRoom.get(lane.key().concurrency().key());
                Invariant.check(waiting != null && waiting.remove(lane), "a lane set aside can be found again");
            }
            case EMPTY -> {
                // it stands nowhere
            }
        }
        lane.standing = standing;
        switch (standing) {
            case NO_WORKER -> withoutWorker.add(lane);
            case KEY_FULL ->
                withoutRoom
                        .computeIfAbsent(lane.key().concurrency().key(), _ -> new LinkedHashSet<>())
                        .add(lane);
            case EMPTY, READY -> {
                // nothing to wait for
            }
        }
    }

    /// Looks again at the lanes without a worker that `canTake` now.
    void reconsider(Predicate<LaneKey> canTake) {
        if (withoutWorker.isEmpty()) {
            return;
        }
        List<Lane> found = new ArrayList<>();
        for (Lane lane : withoutWorker) {
            if (canTake.test(lane.key())) {
                found.add(lane);
            }
        }
        for (Lane lane : found) {
            withoutWorker.remove(lane);
            makeReady(lane);
        }
    }

    /// Looks again at all lanes without a worker.
    void reconsiderAll() {
        reconsider(_ -> true);
    }

    private void makeReady(Lane lane) {
        lane.queue().ready(lane);
        offer(lane.queue());
    }

    private static void replace(Lane lane) {
        lane.queue().unready(lane);
        lane.queue().ready(lane);
    }

    private void offer(JobQueue queue) {
        if (queue.isServable()) {
            servable.add(queue);
        } else {
            servable.remove(queue);
        }
    }
}
