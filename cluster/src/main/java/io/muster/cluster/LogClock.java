package io.muster.cluster;

/// Log time: the only clock a ledger ever sees, stamped on every batch by the leader.
///
/// It advances with the leader's monotonic clock and is slewed to its wall clock: forward in a step, at half speed
/// when ahead; never back, never still. A new leader goes on from the last instant in its log.
/// Instants are microseconds since 1970-01-01T00:00Z.
public final class LogClock {
    private long micros;
    private long lastNanos;
    private boolean isRunning;

    /// Takes over the instant of a batch that stands in the log.
    public void follow(long batchMicros) {
        micros = Math.max(micros, batchMicros);
    }

    /// Begins to lead at the monotonic instant `nanos`: time passed under other leaders is not counted again.
    public void start(long nanos) {
        lastNanos = nanos;
        isRunning = true;
    }

    /// Stops leading.
    public void stop() {
        isRunning = false;
    }

    /// The instant for the next batch, always later than the one before.
    ///
    /// @param nanos the leader's monotonic clock
    /// @param wallMicros the leader's wall clock
    public long next(long nanos, long wallMicros) {
        if (!isRunning) {
            start(nanos);
        }
        long elapsed = Math.max(0, (nanos - lastNanos) / 1_000);
        lastNanos += elapsed * 1_000;
        long atHalfSpeed = micros + elapsed / 2;
        micros = Math.max(micros + 1, Math.max(atHalfSpeed, wallMicros));
        return micros;
    }

    /// The last instant given out or followed.
    public long micros() {
        return micros;
    }
}
