package io.muster.client;

/// It may or may not have been done. Look before asking again.
public final class UnknownOutcomeException extends MusterException {
    private static final long serialVersionUID = 1L;

    UnknownOutcomeException(String call, Problem problem) {
        super(call, problem);
    }
}
