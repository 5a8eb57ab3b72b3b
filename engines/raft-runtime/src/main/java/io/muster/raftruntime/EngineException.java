package io.muster.raftruntime;

import org.jspecify.annotations.Nullable;

/// Says, in a sentence for the person who runs the node, why the engine cannot start or cannot go on.
///
/// A running node stops on it: after a refused sync the kernel may have dropped the pages and reported it only once,
/// so trying again would acknowledge what is not there.
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
