package io.muster.log;

import org.jspecify.annotations.Nullable;

/// Says why an engine cannot start or cannot go on.
///
/// A running node stops on it: after a refused sync the kernel may have dropped the pages and reported it only once,
/// so trying again would acknowledge what is not there.
public final class EngineException extends StopException {
    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message, null);
    }

    public EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
