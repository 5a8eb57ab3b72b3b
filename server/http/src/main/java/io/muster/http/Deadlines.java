package io.muster.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends whatever takes too long over a connection: bodies that trickle in, answers that nobody reads, channels on which
/// nothing is said. An idle timeout does not: one byte a minute renews it.
public final class Deadlines implements AutoCloseable {
    /// How exactly deadlines are kept: they are there against waste, not for precision.
    private static final long LOOK_MILLIS = 500;

    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);

    private final TransportLimits limits;
    private final Set<Deadline> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("muster-api-deadlines").factory());

    Deadlines(TransportLimits limits) {
        this.limits = limits;
    }

    /// By what it goes.
    public TransportLimits limits() {
        return limits;
    }

    /// Starts to look, and looks by `also` too.
    void start(Runnable also) {
        var _ = clock.scheduleWithFixedDelay(
                () -> {
                    look(System.nanoTime());
                    also.run();
                },
                LOOK_MILLIS,
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /// Runs `end` once, unless what it belongs to is closed within `patience` or put off.
    public Deadline in(Duration patience, Runnable end) {
        var deadline = new Deadline(end, System.nanoTime() + patience.toNanos());
        running.add(deadline);
        return deadline;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        running.clear();
    }

    private void look(long nowNanos) {
        var missed = running.stream()
                .filter(deadline -> nowNanos - deadline.atNanos >= 0)
                .toList();
        for (Deadline deadline : missed) {
            if (running.remove(deadline)) {
                try {
                    deadline.end.run();
                } catch (RuntimeException e) {
                    log.warn("connection not ended at its deadline cause=\"{}\"", e.toString());
                }
            }
        }
    }

    /// When one thing must be over.
    public final class Deadline implements AutoCloseable {
        private final Runnable end;
        private volatile long atNanos;

        private Deadline(Runnable end, long atNanos) {
            this.end = end;
            this.atNanos = atNanos;
        }

        /// From now on it has `patience`.
        public void putOff(Duration patience) {
            atNanos = System.nanoTime() + patience.toNanos();
        }

        /// It is over.
        @Override
        public void close() {
            running.remove(this);
        }
    }
}
