package io.muster.cluster;

/// Where and when in the log a command stands.
///
/// @param term the reign in which it was appended
/// @param index its entry, counted from 1
/// @param ordinal which act of that entry this is, counted from 0: an entry may submit many jobs
/// @param micros log time in microseconds since 1970-01-01T00:00Z; it never goes back from one entry to the next
public record Stamp(long term, long index, int ordinal, long micros) {
    /// The same place in the log, a later act of the same entry.
    public Stamp withOrdinal(int next) {
        return new Stamp(term, index, next, micros);
    }

    /// The number that this act is fenced with.
    public Fence fence() {
        return new Fence(term, index, ordinal);
    }
}
