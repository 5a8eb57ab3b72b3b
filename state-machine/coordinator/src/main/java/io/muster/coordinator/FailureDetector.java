package io.muster.coordinator;

import io.muster.log.NodeId;
import java.util.Collection;
import java.util.TreeMap;

/// When the leader last heard of each worker, on its own monotonic clock. It never reaches the log; only what follows
/// from it does.
///
/// A closed channel suspends a worker at once and loses it after [#GRACE_NANOS] without a new exchange, or after
/// [#LEASE_NANOS] if it holds nothing that somebody waits for; silence loses it after [#LEASE_NANOS]. A new leader has
/// heard of nobody, so it grants everyone one full hold.
final class FailureDetector {
    /// How often a worker speaks.
    static final long BEAT_NANOS = 1_000_000_000L;

    /// Three beats: a worker may miss two and still be believed.
    static final long LEASE_NANOS = 3 * BEAT_NANOS;

    /// After its channel closed a worker that holds jobs has this long to come back; a killed process does not. It is
    /// longer than a beat, so that one that comes back with its next beat is in time.
    static final long GRACE_NANOS = BEAT_NANOS + BEAT_NANOS / 2;

    private final TreeMap<NodeId, Sighting> sightings = new TreeMap<>();

    /// What is to be done about a worker.
    sealed interface WorkerHealth {
        /// Nothing.
        record Present() implements WorkerHealth {}

        /// Give it nothing new.
        record Away() implements WorkerHealth {}

        /// What it holds is lost.
        record Gone(String reason) implements WorkerHealth {}
    }

    /// Starts anew as leader: each of `workers` counts as seen now.
    void begin(Collection<NodeId> workers, long nowNanos) {
        sightings.clear();
        workers.forEach(worker -> sightings.put(worker, new Sighting(nowNanos)));
    }

    /// `worker` spoke.
    void seen(NodeId worker, long nowNanos) {
        sightings.put(worker, new Sighting(nowNanos));
    }

    /// When `worker` spoke last.
    long seenNanos(NodeId worker, long nowNanos) {
        return sightings.computeIfAbsent(worker, _ -> new Sighting(nowNanos)).seenNanos;
    }

    /// `worker` spoke, and could not read what it was told last: it goes on as one that was not seen, for it does not
    /// do what it is told.
    void deaf(NodeId worker, String why, long nowNanos) {
        sightings.computeIfAbsent(worker, _ -> new Sighting(nowNanos)).deafness = why;
    }

    /// The channel on which `worker` spoke is closed.
    void channelClosed(NodeId worker, long nowNanos) {
        var sighting = sightings.computeIfAbsent(worker, _ -> new Sighting(nowNanos));
        sighting.hasLeft = true;
        sighting.leftNanos = nowNanos;
    }

    /// Leaves out of account that nobody was listened to for `nanos`: what workers said meanwhile still waits.
    void discount(long nanos) {
        for (Sighting sighting : sightings.values()) {
            sighting.seenNanos += nanos;
            sighting.leftNanos += nanos;
        }
    }

    /// What is to be done about `worker` now.
    ///
    /// @param graceNanos how long it may be away after its channel closed
    WorkerHealth health(NodeId worker, long graceNanos, long nowNanos) {
        var sighting = sightings.computeIfAbsent(worker, _ -> new Sighting(nowNanos));
        if (sighting.hasLeft && nowNanos - sighting.leftNanos >= graceNanos) {
            return gone(
                    sighting, "its channel closed and it did not come back within " + graceNanos / 1_000_000 + " ms");
        }
        if (nowNanos - sighting.seenNanos >= LEASE_NANOS) {
            return gone(sighting, "it was silent for three beats of 1 s");
        }
        return sighting.hasLeft ? new WorkerHealth.Away() : new WorkerHealth.Present();
    }

    private static WorkerHealth gone(Sighting sighting, String reason) {
        return new WorkerHealth.Gone(
                sighting.deafness.isEmpty() ? reason : "it cannot read what it is told: " + sighting.deafness);
    }

    private static final class Sighting {
        private long seenNanos;
        private boolean hasLeft;
        private long leftNanos;
        private String deafness = "";

        Sighting(long seenNanos) {
            this.seenNanos = seenNanos;
        }
    }
}
