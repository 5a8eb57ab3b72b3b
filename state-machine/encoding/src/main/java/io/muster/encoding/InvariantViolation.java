package io.muster.encoding;

/// Says that the program contradicts itself.
///
/// Where the state is applied, the log is written or an engine decides, it ends the node, which says why. Where a
/// request is answered, it ends that request alone: the caller is told that the server is at fault (500), and the node
/// counts it. Where stored bytes are read, the reader takes it for damage. A command ends with
/// exit code 70.
public final class InvariantViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvariantViolation(String claim) {
        super("invariant violated: " + claim);
    }
}
