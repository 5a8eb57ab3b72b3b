package io.muster.state;

import io.muster.log.StopException;

/// Says that this node must not go on: it met a command it does not know, or its state differs from the leader's.
/// Guessing would make it answer differently from the others, so the node stops.
public final class StateException extends StopException {
    private static final long serialVersionUID = 1L;

    public StateException(String message) {
        super(message, null);
    }
}
