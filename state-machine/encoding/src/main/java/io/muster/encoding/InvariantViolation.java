package io.muster.encoding;

/// Says that the program contradicts itself. Nothing below `main` catches it: the node stops and says why.
public final class InvariantViolation extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public InvariantViolation(String claim) {
        super("invariant violated: " + claim);
    }
}
