package io.muster.log;

/// Where and when in the log a command stands.
///
/// @param term the term in which it was appended
/// @param index its entry, counted from 1
/// @param ordinal which act of that entry this is, counted from 0: an entry may submit many jobs
/// @param time log time; neither part ever goes back from one entry to the next
public record Stamp(long term, long index, int ordinal, LogTime time) {
    /// Before the first entry.
    public static final Stamp ZERO = new Stamp(0, 0, 0, LogTime.ZERO);

    /// The same place in the log, a later act of the same entry.
    public Stamp withOrdinal(int next) {
        return new Stamp(term, index, next, time);
    }

    /// The date, in microseconds since 1970-01-01T00:00Z.
    public long micros() {
        return time.micros();
    }

    /// The time that has passed since the cluster began; see [LogTime].
    public long elapsedMicros() {
        return time.elapsedMicros();
    }

    /// The number that this act is fenced with.
    public FencingToken fence() {
        return new FencingToken(term, index, ordinal);
    }
}
