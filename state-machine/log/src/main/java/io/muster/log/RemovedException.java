package io.muster.log;

/// What a node has kept belongs to a member that was removed: it cannot take part again.
public final class RemovedException extends StopException {
    private static final long serialVersionUID = 1L;

    public RemovedException(String message) {
        super(message, null);
    }
}
