package io.muster.cluster;

import java.util.OptionalLong;

/// Log time: the only clock a ledger ever sees, stamped on every batch by the leader; never back, never still.
/// Instants are microseconds since 1970-01-01T00:00Z.
///
/// It advances with the leader's monotonic clock, so that what runs is measured on time that passed. A wall
/// clock only corrects it, and no single machine's can: where a majority's clocks agree on an instant, log time
/// steps forward to it, and goes at half speed while it is ahead. Where nobody confirms the leader's clock, as
/// in a cluster of one, log time catches up with it by a tenth of the time that passes. A new leader goes on
/// from the last instant in its log.
public final class LogClock {
    /// How much of the time that passes an unconfirmed clock can add: a wait of ten minutes takes at least
    /// nine, while a clock that was set right by a minute is caught up with in ten.
    private static final int SLEW_SHARE = 10;

    /// How far an unconfirmed clock can carry log time when a reign begins: a night in which nothing ran. It is
    /// half the time for which idempotency keys are kept.
    static final long MAX_UNCONFIRMED_STEP_MICROS = 12L * 3_600 * 1_000_000;

    private long micros;
    private long lastNanos;
    private boolean isRunning;
    private boolean isBeginning;

    /// Takes over the instant of a batch that stands in the log.
    public void follow(long batchMicros) {
        micros = Math.max(micros, batchMicros);
    }

    /// Begins to lead at the monotonic instant `nanos`: time passed under other leaders is not counted again.
    public void start(long nanos) {
        lastNanos = nanos;
        isRunning = true;
        isBeginning = true;
    }

    /// Stops leading.
    public void stop() {
        isRunning = false;
    }

    /// The instant for the next batch, always later than the one before.
    ///
    /// @param nanos the leader's monotonic clock
    /// @param wallMicros the leader's wall clock
    /// @param agreedMicros the instant that a majority's wall clocks have reached; empty while that is not known
    public long next(long nanos, long wallMicros, OptionalLong agreedMicros) {
        if (!isRunning) {
            start(nanos);
        }
        long elapsed = Math.max(0, (nanos - lastNanos) / 1_000);
        lastNanos += elapsed * 1_000;
        long target = agreedMicros.orElseGet(() -> Math.min(wallMicros, unconfirmedReach(elapsed)));
        isBeginning = false;
        micros = Math.max(micros + 1, Math.max(micros + elapsed / 2, target));
        return micros;
    }

    /// The last instant given out or followed.
    public long micros() {
        return micros;
    }

    /// How far a clock that nobody confirms can carry log time now. The log of a new cluster has no time yet.
    private long unconfirmedReach(long elapsed) {
        if (micros == 0) {
            return Long.MAX_VALUE;
        }
        return micros + (isBeginning ? MAX_UNCONFIRMED_STEP_MICROS : elapsed + elapsed / SLEW_SHARE);
    }
}
