package io.muster.log;

/// What a leader stamps a batch with: the date, and how much time has passed. They are two numbers because a date can
/// be corrected and the time that something takes cannot.
///
/// @param micros the date, in microseconds since 1970-01-01T00:00Z, corrected by the wall clocks of a majority: when
///     something happened, until when something waits
/// @param elapsedMicros how many microseconds leaders have led since the cluster began, by their monotonic clocks. It
///     never jumps, and stands still while nobody leads. A rule that measures how long something takes reads this.
public record LogTime(long micros, long elapsedMicros) {
    /// Before the first batch.
    public static final LogTime ZERO = new LogTime(0, 0);

    /// This instant, or the parts of `other` that are later.
    public LogTime atLeast(LogTime other) {
        return new LogTime(Math.max(micros, other.micros), Math.max(elapsedMicros, other.elapsedMicros));
    }

    /// What log time is a while later, if nobody corrects the date meanwhile.
    public LogTime plusMicros(long passed) {
        return new LogTime(micros + passed, elapsedMicros + passed);
    }
}
