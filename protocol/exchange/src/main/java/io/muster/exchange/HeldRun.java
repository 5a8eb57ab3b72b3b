package io.muster.exchange;

import io.muster.encoding.Bytes;

/// A run that the worker has in hand.
///
/// @param checkpoint what the run has saved since the last answered exchange, any JSON value; empty for nothing new
public record HeldRun(AttemptId id, Bytes checkpoint) {
    /// A run that has saved nothing new.
    public HeldRun(AttemptId id) {
        this(id, Bytes.EMPTY);
    }
}
