package io.muster.encoding;

import org.jspecify.annotations.Nullable;

/// Guards what must hold in production too: a violated invariant stops the node before it can spread.
public final class Invariant {
    private Invariant() {}

    /// Throws [InvariantViolation] with `claim` unless `condition` holds.
    public static void check(boolean condition, String claim) {
        if (!condition) {
            throw new InvariantViolation(claim);
        }
    }

    /// Returns `value`, which must be there; throws [InvariantViolation] with `claim` where it is null.
    public static <T> T present(@Nullable T value, String claim) {
        if (value == null) {
            throw new InvariantViolation(claim);
        }
        return value;
    }
}
