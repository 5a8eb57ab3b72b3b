package io.muster.cluster;

import java.util.OptionalLong;

/// Log time: the only clock a ledger ever sees, stamped on every batch by the leader; never back, never still.
/// Instants are microseconds since 1970-01-01T00:00Z.
///
/// It advances with the leader's monotonic clock, so that what runs is measured on time that passed. A wall
/// clock only corrects it, and no single machine's can: where a majority's clocks agree on an instant, log time
/// goes forward to it, and goes at half speed while it is ahead. How fast it goes forward has bounds, since what
/// runs is measured on it too. Once a reign, before anything of that reign runs, it may step to the instant agreed
/// on: nobody could stamp the time in which the cluster stood. After that it catches up at double speed. Where
/// nobody confirms the leader's clock, as in a cluster of one, it catches up with it by a tenth of the time that
/// passes. A new leader goes on from the last instant in its log.
public final class LogClock {
    /// How much of the time that passes an unconfirmed clock can add: a wait of ten minutes takes at least
    /// nine, while a clock that was set right by a minute is caught up with in ten.
    private static final int SLEW_SHARE = 10;

    /// How far a majority's clocks can carry log time at once, and only once a reign: a long weekend in which the
    /// cluster stood.
    static final long MAX_AGREED_STEP_MICROS = 96L * 3_600 * 1_000_000;

    /// How much of the distance to an unconfirmed clock at the beginning of a reign counts as time in which the
    /// node stood, and is caught up with at double speed: a night. Idempotency keys are kept for twice as long.
    static final long MAX_NIGHT_MICROS = 12L * 3_600 * 1_000_000;

    private long micros;
    private long lastNanos;
    private boolean isRunning;
    private boolean isBeginning;
    private boolean hasStepped;
    private long nightMicros;

    /// Takes over the instant of a batch that stands in the log.
    public void follow(long batchMicros) {
        micros = Math.max(micros, batchMicros);
    }

    /// Begins to lead at the monotonic instant `nanos`: time passed under other leaders is not counted again.
    public void start(long nanos) {
        lastNanos = nanos;
        isRunning = true;
        isBeginning = true;
        hasStepped = false;
        nightMicros = 0;
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
        long wanted = agreedMicros.orElse(wallMicros);
        long reach = agreedMicros.isPresent() ? agreedReach(elapsed) : unconfirmedReach(elapsed, wallMicros);
        // The log of a new cluster has no time yet.
        long target = micros == 0 ? wanted : Math.min(wanted, micros + reach);
        isBeginning = false;
        micros = Math.max(micros + 1, Math.max(micros + elapsed / 2, target));
        return micros;
    }

    /// The last instant given out or followed.
    public long micros() {
        return micros;
    }

    /// How far a majority's clocks can carry log time now.
    private long agreedReach(long elapsed) {
        boolean mayStep = !hasStepped;
        hasStepped = true;
        return mayStep ? elapsed + MAX_AGREED_STEP_MICROS : 2 * elapsed;
    }

    /// How far a clock that nobody confirms can carry log time now.
    private long unconfirmedReach(long elapsed, long wallMicros) {
        if (isBeginning && micros > 0) {
            nightMicros = Math.clamp(wallMicros - micros, 0, MAX_NIGHT_MICROS);
        }
        long caughtUp = Math.min(nightMicros, elapsed);
        nightMicros -= caughtUp;
        return elapsed + Math.max(caughtUp, elapsed / SLEW_SHARE);
    }
}
