package io.muster.raftruntime;

import java.util.OptionalLong;

/// Measures another node's wall clock against this node's monotonic one, by the instants in its frames.
///
/// A frame that was long on its way, or waited here while this process did not run, makes the other clock look
/// slow and never fast. So the highest reading of a window counts, and a window in which nothing was heard for
/// a while, since one of the two did not run, begins anew: what waited meanwhile says nothing about clocks.
public final class ClockMeter {
    /// Some forty heartbeats: among them is one that was on its way for no longer than the network takes.
    private static final long WINDOW_NANOS = 2_000_000_000L;

    /// Ten heartbeats: one of the two did not run, or the network was down.
    private static final long GAP_NANOS = 500_000_000L;

    /// Ten beats of a link on which nothing else is said ([Outgoing]): who is not heard for so long is cut off,
    /// and what its clock said then is nobody's word now.
    public static final long EXPIRY_NANOS = 2_000_000_000L;

    private OptionalLong measured = OptionalLong.empty();
    private long highest = Long.MIN_VALUE;
    private long beganNanos;
    private long lastNanos;

    /// A frame arrived at `nanos` of our monotonic clock; returns whether a window has ended with it.
    public boolean note(long theirMicros, long nanos) {
        boolean isGap = highest == Long.MIN_VALUE || nanos - lastNanos > GAP_NANOS;
        lastNanos = nanos;
        long offset = theirMicros - nanos / 1_000;
        if (isGap) {
            beganNanos = nanos;
            highest = offset;
        }
        highest = Math.max(highest, offset);
        boolean isOver = nanos - beganNanos >= WINDOW_NANOS;
        if (isOver || measured.isEmpty()) {
            measured = OptionalLong.of(highest);
        }
        if (isOver) {
            beganNanos = nanos;
            highest = offset;
        }
        return isOver;
    }

    /// When the last frame arrived, on our monotonic clock; empty before the first.
    OptionalLong heardNanos() {
        return highest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(lastNanos);
    }

    /// How far their wall clock is ahead of our monotonic one, in microseconds; empty until a frame arrived, and once
    /// none has arrived for [#EXPIRY_NANOS] at `nanos`.
    public OptionalLong offsetMicros(long nanos) {
        return nanos - lastNanos > EXPIRY_NANOS ? OptionalLong.empty() : measured;
    }
}
