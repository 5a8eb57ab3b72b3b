package io.muster.http;

/// Ends a request with a [Refusal]. It is the one exception that route classes throw on purpose: a refusal can stand
/// at any depth of reading a request, and the server turns all of them into answers in one place.
public final class RequestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RequestRefused(Refusal refusal) {
        // No stack trace: it is an answer, not a fault, and hostile clients must not make us build traces.
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
