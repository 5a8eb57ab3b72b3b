package io.muster.encoding;

/// Guards what must hold in production too: a violated invariant stops the node before it can spread.
public final class Invariant {
    private Invariant() {}

    /// Throws [InvariantViolation] with `claim` unless `condition` holds.
    public static void check(boolean condition, String claim) {
        if (!condition) {
            throw new InvariantViolation(claim);
        }
    }
}
