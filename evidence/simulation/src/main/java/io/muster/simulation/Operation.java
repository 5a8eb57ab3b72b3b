package io.muster.simulation;

/// One write or read of one key, with the instants between which it took effect.
///
/// @param kind what was done
/// @param value what was written or seen; `""` where nothing stands under the key
/// @param calledNanos when it was asked for
/// @param returnedNanos when its answer was there; [#OPEN] where there never was one
public record Operation(Kind kind, String value, long calledNanos, long returnedNanos) {
    /// It has no answer, and may take effect at any time after it was asked for, or never.
    public static final long OPEN = Long.MAX_VALUE;

    /// What was done.
    public enum Kind {
        WRITE,
        READ
    }

    public Operation {
        if (returnedNanos < calledNanos) {
            throw new IllegalArgumentException("an answer at " + returnedNanos + " to a question at " + calledNanos);
        }
    }

    /// A write of `value`, which no other write of that key has.
    public static Operation write(String value, long calledNanos, long returnedNanos) {
        return new Operation(Kind.WRITE, value, calledNanos, returnedNanos);
    }

    /// A read that saw `value`.
    public static Operation read(String value, long calledNanos, long returnedNanos) {
        return new Operation(Kind.READ, value, calledNanos, returnedNanos);
    }

    /// Whether nobody knows what became of it.
    public boolean isOpen() {
        return returnedNanos == OPEN;
    }

    @Override
    public String toString() {
        String until = isOpen() ? "?" : String.valueOf(returnedNanos / 1_000);
        return (kind == Kind.WRITE ? "write " : "read ") + value + " [" + calledNanos / 1_000 + ".." + until + " us]";
    }
}
