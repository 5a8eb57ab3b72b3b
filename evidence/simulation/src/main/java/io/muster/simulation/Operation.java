package io.muster.simulation;

/// One write or read of one key, with the instants between which it took effect.
///
/// @param kind what was done
/// @param value what was written or seen; `""` where nothing stands under the key
/// @param calledNanos when it was asked for
/// @param returnedNanos when its answer was there; [#OPEN] where there never was one
record Operation(Kind kind, String value, long calledNanos, long returnedNanos) {
    /// It has no answer, and may take effect at any time after it was asked for, or never.
    static final long OPEN = Long.MAX_VALUE;

    enum Kind {
        WRITE,
        READ
    }

    Operation {
        if (returnedNanos < calledNanos) {
            throw new IllegalArgumentException("an answer at " + returnedNanos + " to a question at " + calledNanos);
        }
    }

    static Operation write(String value, long calledNanos, long returnedNanos) {
        return new Operation(Kind.WRITE, value, calledNanos, returnedNanos);
    }

    static Operation read(String value, long calledNanos, long returnedNanos) {
        return new Operation(Kind.READ, value, calledNanos, returnedNanos);
    }

    boolean isOpen() {
        return returnedNanos == OPEN;
    }

    @Override
    public String toString() {
        String until = isOpen() ? "?" : String.valueOf(returnedNanos / 1_000);
        return (kind == Kind.WRITE ? "write " : "read ") + value + " [" + calledNanos / 1_000 + ".." + until + " us]";
    }
}
