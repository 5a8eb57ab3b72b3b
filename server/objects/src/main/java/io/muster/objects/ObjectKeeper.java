package io.muster.objects;

import io.muster.references.ObjectId;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what this node holds in line with what the log names, again and again: fetches what is missing, and removes
/// what nothing names.
///
/// An object is removed only behind a mark in the log that this node had written after the object's pin had ended. A
/// leader proposes to name an object only while the pins of a majority hold, so what it proposes stands before such a
/// mark or never in the log (ADR 17). Both ends are level-triggered: what a round does not reach, the next one does.
public final class ObjectKeeper implements AutoCloseable {
    /// A loss of a whole disk is made good at this rate at most, so that work goes on beside it.
    static final long MAX_BYTES_A_SECOND = 64L << 20;

    /// An object that nobody gave is asked for again after this.
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);

    /// A round ends after so many, so that it sees what is new.
    private static final int MAX_FETCHES_A_ROUND = 64;

    private static final long STOP_MILLIS = 2_000;

    private static final Logger log = LoggerFactory.getLogger(ObjectKeeper.class);

    private final ObjectReplication replication;
    private final ObjectNames names;
    private final ObjectTimes times;
    private final LongSupplier nanos;
    private final Map<ObjectId, Long> triedNanos = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("muster-objects").unstarted(this::run);
    private volatile int missing;

    public ObjectKeeper(ObjectReplication replication, ObjectNames names, ObjectTimes times, LongSupplier nanos) {
        this.replication = replication;
        this.names = names;
        this.times = times;
        this.nanos = nanos;
    }

    /// Begins to look, on a thread of its own.
    public void start() {
        thread.start();
    }

    /// How many objects that the log names were not here at the last look.
    public int missing() {
        return missing;
    }

    /// One round.
    void look() throws InterruptedException {
        replication.store().dropIdle();
        Set<ObjectId> named = names.named();
        fetchMissing(named);
        removeUnnamed(named);
    }

    private void fetchMissing(Set<ObjectId> named) throws InterruptedException {
        List<ObjectId> lacking = named.stream()
                .filter(id -> replication.store().find(id.digest()).isEmpty())
                .toList();
        int left = lacking.size();
        missing = left;
        triedNanos.keySet().retainAll(Set.copyOf(lacking));
        int fetches = 0;
        int failures = 0;
        for (ObjectId id : lacking) {
            Long tried = triedNanos.get(id);
            if (tried != null && nanos.getAsLong() - tried < BETWEEN_TRIES.toNanos()) {
                continue;
            }
            if (fetches++ >= MAX_FETCHES_A_ROUND || closed.getCount() == 0) {
                break;
            }
            Optional<String> failure = replication.fetch(id, this::pace);
            if (failure.isEmpty()) {
                left--;
                missing = left;
                log.info("object fetched from another node digest={} bytes={}", id.digest(), id.bytes());
                continue;
            }
            triedNanos.put(id, nanos.getAsLong());
            if (failures++ == 0) {
                // Of many that are missing for one reason the first says it; how many there are is a metric.
                log.warn("object not fetched digest={} missing={} reason=\"{}\"", id.digest(), left, failure.get());
            }
        }
    }

    private void pace(int bytes) throws InterruptedException {
        if (closed.await(bytes * 1_000L / MAX_BYTES_A_SECOND, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the node stops");
        }
    }

    private void removeUnnamed(Set<ObjectId> named) throws InterruptedException {
        List<ObjectId> doomed = replication.store().unpinned().stream()
                .filter(id -> !named.contains(id))
                .toList();
        if (doomed.isEmpty() || !names.mark()) {
            return;
        }
        Set<ObjectId> namedBehindTheMark = names.named();
        for (ObjectId id : doomed) {
            if (namedBehindTheMark.contains(id)) {
                continue;
            }
            try {
                if (replication.store().removeUnpinned(id)) {
                    log.info("object removed, nothing names it digest={} bytes={}", id.digest(), id.bytes());
                }
            } catch (IOException e) {
                log.warn("object not removed digest={} cause=\"{}\"", id.digest(), e.toString());
            }
        }
    }

    private void run() {
        try {
            while (!closed.await(times.look().toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    look();
                } catch (RuntimeException e) {
                    // A question to the state failed; the next round asks again.
                    log.warn("objects not looked at cause=\"{}\"", e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops, and waits shortly until nothing is under way any more. Safe to call twice.
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
