package io.muster.log;

import java.util.OptionalLong;

/// Makes log time: the only clock a ledger ever sees, stamped on every batch by the leader. Its date is never back and
/// never still; its elapsed time is never back and never ahead of true time.
///
/// Both advance with the leader's monotonic clock. Nothing else moves elapsed time, so that no clock that
/// is set can end what runs. The date is corrected by wall clocks, and by no single machine's: where a
/// majority's clocks agree on an instant it steps forward to it, and goes at half speed while it is
/// ahead. Steps have a bound for each term, beyond which it catches up at double speed. Where nobody
/// confirms the leader's clock, as in a cluster of one, the date catches up with it by a tenth of the
/// time that passes. A new leader goes on from the last stamp in its log.
public final class LogClock {
    /// How much of the time that passes an unconfirmed clock can add: a delay of ten minutes takes at least
    /// nine, while a clock that was set right by a minute is caught up with in ten.
    private static final int SLEW_SHARE = 10;

    /// How far a majority's clocks can carry the date in steps within one term: a long weekend in which the
    /// cluster stood.
    static final long MAX_AGREED_STEPS_MICROS = 96L * 3_600 * 1_000_000;

    /// How much of the distance to an unconfirmed clock at the beginning of a term counts as time in which the
    /// node stood, and is caught up with at double speed: a night.
    static final long MAX_NIGHT_MICROS = 12L * 3_600 * 1_000_000;

    private LogTime time = LogTime.ZERO;
    private long lastNanos;
    private boolean isRunning;
    private boolean isBeginning;
    private long stepsLeftMicros;
    private long nightMicros;

    /// Takes over the stamp of a batch that stands in the log.
    public void follow(LogTime batch) {
        time = time.atLeast(batch);
    }

    /// Begins to lead at the monotonic instant `nanos`: time passed under other leaders is not counted again.
    public void start(long nanos) {
        lastNanos = nanos;
        isRunning = true;
        isBeginning = true;
        stepsLeftMicros = MAX_AGREED_STEPS_MICROS;
        nightMicros = 0;
    }

    /// Stops leading.
    public void stop() {
        isRunning = false;
    }

    /// The stamp for the next batch, its date always later than the one before.
    ///
    /// @param nanos the leader's monotonic clock
    /// @param wallMicros the leader's wall clock
    /// @param agreedMicros the instant that a majority's wall clocks have reached; empty while that is not known
    public LogTime next(long nanos, long wallMicros, OptionalLong agreedMicros) {
        if (!isRunning) {
            start(nanos);
        }
        long elapsed = Math.max(0, (nanos - lastNanos) / 1_000);
        lastNanos += elapsed * 1_000;
        long micros = date(elapsed, wallMicros, agreedMicros);
        time = new LogTime(micros, time.elapsedMicros() + elapsed);
        return time;
    }

    /// The last stamp given out or followed.
    public LogTime time() {
        return time;
    }

    private long date(long elapsed, long wallMicros, OptionalLong agreedMicros) {
        long micros = time.micros();
        long wanted = agreedMicros.orElse(wallMicros);
        // The log of a new cluster has no time yet.
        long reach = micros == 0
                ? wanted
                : agreedMicros.isPresent() ? agreedReach(elapsed, wanted) : unconfirmedReach(elapsed, wallMicros);
        long target = Math.min(wanted, micros + reach);
        isBeginning = false;
        return Math.max(micros + 1, Math.max(micros + elapsed / 2, target));
    }

    /// How far a majority's clocks can carry the date now.
    private long agreedReach(long elapsed, long agreedMicros) {
        long step = Math.clamp(agreedMicros - time.micros() - elapsed, 0, stepsLeftMicros);
        stepsLeftMicros -= step;
        return elapsed + Math.max(step, elapsed);
    }

    /// How far a clock that nobody confirms can carry the date now.
    private long unconfirmedReach(long elapsed, long wallMicros) {
        if (isBeginning) {
            nightMicros = Math.clamp(wallMicros - time.micros(), 0, MAX_NIGHT_MICROS);
        }
        long caughtUp = Math.min(nightMicros, elapsed);
        nightMicros -= caughtUp;
        return elapsed + Math.max(caughtUp, elapsed / SLEW_SHARE);
    }
}
