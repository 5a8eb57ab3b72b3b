package io.muster.worker;

import io.muster.exchange.RunOutcome;
import java.util.concurrent.atomic.LongAdder;

/// What a worker has done since it started. Read by any thread; counted by the worker's own.
public final class WorkerMetrics {
    final LongAdder started = new LongAdder();
    final LongAdder stopped = new LongAdder();
    final LongAdder exchanges = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder released = new LongAdder();

    WorkerMetrics() {}

    /// Runs started.
    public long started() {
        return started.sum();
    }

    /// Runs asked to end before they had ended of themselves.
    public long stopped() {
        return stopped.sum();
    }

    /// Runs that ended with a result.
    public long succeeded() {
        return succeeded.sum();
    }

    /// Runs that ended with an error.
    public long failed() {
        return failed.sum();
    }

    /// Runs given back by their handlers.
    public long released() {
        return released.sum();
    }

    /// Exchanges sent.
    public long exchanges() {
        return exchanges.sum();
    }

    void ended(RunOutcome outcome) {
        switch (outcome) {
            case RunOutcome.Succeeded _ -> succeeded.increment();
            case RunOutcome.Failed _ -> failed.increment();
            case RunOutcome.Released _ -> released.increment();
        }
    }
}
