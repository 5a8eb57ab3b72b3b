package io.muster.log;

import org.jspecify.annotations.Nullable;

/// Says in a sentence for the operator why this node cannot start, or cannot go on: the one family of what is broken
/// here and is neither a caller's mistake nor worth another try.
///
/// A node that meets one while it opens what it keeps does not start (exit code 2: the operator has to mend
/// something first); a node that meets one later stops (exit code 1).
public abstract class StopException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param sentence what was tried, on what, and what to do about it
    /// @param cause what stopped it, where another exception says so
    protected StopException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
