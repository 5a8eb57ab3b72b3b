package io.muster.simulation;

/// Says that an invariant was broken, at which simulated instant, and how to see it again.
public final class ViolationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ViolationException(String message) {
        super(message);
    }

    ViolationException(String message, Throwable cause) {
        super(message, cause);
    }
}
