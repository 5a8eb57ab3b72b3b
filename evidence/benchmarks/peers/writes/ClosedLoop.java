package io.muster.peers;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.Task;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/// So many writes are always on their way, and each answer sends the next: what Muster's `WriteLoad` does.
final class ClosedLoop {
    private static final int WARM_UP_SECONDS = 3;
    private static final int MEASURED_SECONDS = 8;
    private static final byte[] COMMAND = new byte[256];
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final Node node;
    private final int inFlight;
    private final Semaphore done = new Semaphore(0);
    private final AtomicLong refused = new AtomicLong();
    private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
    private volatile boolean isMeasuring;
    private volatile boolean isEnding;
    private long elapsedNanos;

    ClosedLoop(Node node, int inFlight) {
        this.node = node;
        this.inFlight = inFlight;
    }

    /// One of the writes on their way, again and again. Good answers come on the state machine's thread, which alone
    /// records.
    private final class Slot implements Closure {
        private long startNanos;

        void send() {
            startNanos = System.nanoTime();
            node.apply(new Task(ByteBuffer.wrap(COMMAND), this));
        }

        @Override
        public void run(Status status) {
            if (!status.isOk()) {
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

    /// Warms up, measures, and waits for the last answers.
    void run() throws InterruptedException {
        for (int i = 0; i < inFlight; i++) {
            new Slot().send();
        }
        pause(WARM_UP_SECONDS);
        long start = System.nanoTime();
        isMeasuring = true;
        pause(MEASURED_SECONDS);
        elapsedNanos = System.nanoTime() - start;
        isMeasuring = false;
        isEnding = true;
        done.acquire(inFlight);
    }

    double writesPerSecond() {
        return latencies.getTotalCount() * 1e9 / elapsedNanos;
    }

    double millisAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }

    /// How many writes were not applied; a row with any of them is not a measurement.
    long refused() {
        return refused.get();
    }

    /// Lets the load run: nothing ends this early.
    private static void pause(int seconds) throws InterruptedException {
        if (new CountDownLatch(1).await(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody releases it");
        }
    }
}
