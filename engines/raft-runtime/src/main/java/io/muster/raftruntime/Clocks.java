package io.muster.raftruntime;

/// The two clocks of a node: one that only goes forward, one that people set.
public interface Clocks {
    /// A monotonic clock in nanoseconds, from an arbitrary start.
    long nanos();

    /// Wall time in microseconds since 1970.
    long wallMicros();
}
