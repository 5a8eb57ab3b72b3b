package io.muster.audits;

/// A part of a whole in millionths: exact, so that every node chooses the same number.
public record Share(int millionths) {
    /// All of it.
    public static final int WHOLE = 1_000_000;

    /// Everything is chosen.
    public static final Share ALL = new Share(WHOLE);

    public Share {
        if (millionths <= 0 || millionths > WHOLE) {
            throw new IllegalArgumentException("a share lies above 0 and at most at 1, not at " + millionths / 1e6);
        }
    }

    /// Reads a fraction such as 0.2.
    public static Share of(double fraction) {
        return new Share((int) Math.round(fraction * WHOLE));
    }

    /// How many of `whole` that is: rounded down, but at least one.
    public int countOf(int whole) {
        return (int) Math.max(1, (long) whole * millionths / WHOLE);
    }

    /// From 0 to 1.
    public double fraction() {
        return millionths / (double) WHOLE;
    }
}
