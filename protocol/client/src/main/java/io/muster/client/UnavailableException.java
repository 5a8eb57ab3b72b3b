package io.muster.client;

import io.muster.wire.Problem;

/// Nothing was done, and nobody could do it before the caller's patience ended: no server, no leader, or too much load.
public final class UnavailableException extends MusterException {
    private static final long serialVersionUID = 1L;

    UnavailableException(String call, Problem problem) {
        super(call, problem);
    }
}
