package io.muster.exchange;

import io.muster.encoding.Bytes;

/// A run that has ended, and whose end has not been acknowledged yet.
///
/// @param checkpoint what the run saved last, unless an answered exchange carried it already; any JSON value, empty for
///     nothing new. The next attempt is given it, if there is one
public record RunResult(AttemptId id, RunOutcome outcome, Bytes checkpoint) {
    /// A run that left nothing for a later one.
    public RunResult(AttemptId id, RunOutcome outcome) {
        this(id, outcome, Bytes.EMPTY);
    }
}
