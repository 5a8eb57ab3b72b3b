package io.muster.client;

import io.muster.wire.Problem;

/// A server is at fault: it failed in a way that it did not foresee, or answered what this client cannot read.
public final class BrokenException extends MusterException {
    private static final long serialVersionUID = 1L;

    BrokenException(String call, Problem problem) {
        super(call, problem);
    }
}
