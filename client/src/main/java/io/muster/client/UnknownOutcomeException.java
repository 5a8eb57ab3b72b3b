package io.muster.client;

/// It may or may not have been done. Look before asking again, or ask again under the same key where there is one.
public final class UnknownOutcomeException extends MusterException {
    private static final long serialVersionUID = 1L;

    private final String idempotencyKey;

    UnknownOutcomeException(Call call, Problem problem) {
        super(call.toString(), problem);
        this.idempotencyKey = call.idempotencyKey();
    }

    /// The Idempotency-Key under which it was asked for, and under which it may be asked for again; empty for none.
    public String idempotencyKey() {
        return idempotencyKey;
    }
}
