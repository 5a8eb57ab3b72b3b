package io.muster.benchmarks;

import io.muster.log.Engine;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/// A closed loop of writes: so many are always on their way, and each answer sends the next.
final class WriteLoad {
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final Engine engine;
    private final byte[] envelope;
    private final int inFlight;
    private final Semaphore done = new Semaphore(0);
    private final AtomicLong refused = new AtomicLong();
    private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
    private volatile boolean isMeasuring;
    private volatile boolean isEnding;

    WriteLoad(Engine engine, byte[] envelope, int inFlight) {
        this.engine = engine;
        this.envelope = envelope;
        this.inFlight = inFlight;
    }

    /// One of the writes on their way, again and again. Its answers come on the engine's thread, which alone records.
    private final class Slot implements Proposal {
        private long startNanos;

        void send() {
            startNanos = System.nanoTime();
            engine.propose(this);
        }

        @Override
        public long term() {
            return 0;
        }

        @Override
        public byte[] envelope() {
            return envelope;
        }

        @Override
        public void completed(Outcome outcome) {
            if (!(outcome instanceof Outcome.Applied)) {
                refused.incrementAndGet();
                done.release();
                return;
            }
            if (isMeasuring) {
                latencies.recordValue(System.nanoTime() - startNanos);
            }
            if (isEnding) {
                done.release();
            } else {
                send();
            }
        }
    }

    void begin() {
        for (int i = 0; i < inFlight; i++) {
            new Slot().send();
        }
    }

    void measure() {
        isMeasuring = true;
    }

    /// Ends the load and waits for the last answers.
    void end() throws InterruptedException {
        isMeasuring = false;
        isEnding = true;
        done.acquire(inFlight);
    }

    /// The latencies measured, in nanoseconds. After [#end].
    Histogram latencies() {
        return latencies;
    }

    /// How many writes were not applied; a run with any of them is not a measurement.
    long refused() {
        return refused.get();
    }
}
