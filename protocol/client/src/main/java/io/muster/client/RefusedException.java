package io.muster.client;

/// The request is at fault: another try will be refused too (4xx).
public final class RefusedException extends MusterException {
    private static final long serialVersionUID = 1L;

    RefusedException(String call, Problem problem) {
        super(call, problem);
    }
}
