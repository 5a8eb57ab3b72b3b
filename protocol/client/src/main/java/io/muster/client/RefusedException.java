package io.muster.client;

import io.muster.wire.Problem;

/// The request is at fault: another try will be refused too (4xx).
public final class RefusedException extends MusterException {
    private static final long serialVersionUID = 1L;

    RefusedException(String call, Problem problem) {
        super(call, problem);
    }
}
