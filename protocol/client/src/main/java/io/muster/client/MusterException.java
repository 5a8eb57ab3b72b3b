package io.muster.client;

import io.muster.wire.Problem;

/// Why a call to Muster came to nothing. Four families, because a caller can do four things: mend the request, come
/// back later, find out what happened, or report a fault.
public abstract sealed class MusterException extends RuntimeException
        permits RefusedException, UnavailableException, UnknownOutcomeException, BrokenException {
    private static final long serialVersionUID = 1L;

    /// Problems travel with exceptions inside one process only.
    private final transient Problem problem;

    private final String call;

    MusterException(String call, Problem problem) {
        super(call + ": " + (problem.detail() == null ? problem.title() : problem.detail()));
        this.problem = problem;
        this.call = call;
    }

    /// The request, such as `POST /v1/jobs`.
    public String call() {
        return call;
    }

    /// What the server said, or what stands for it when no server was reached.
    public Problem problem() {
        return problem;
    }
}
