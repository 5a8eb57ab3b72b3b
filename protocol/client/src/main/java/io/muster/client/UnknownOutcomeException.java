package io.muster.client;

import io.muster.wire.Problem;

/// It may or may not have been done. Asking again under the same key is safe.
public final class UnknownOutcomeException extends MusterException {
    private static final long serialVersionUID = 1L;

    private final String idempotencyKey;

    UnknownOutcomeException(Call call, Problem problem) {
        super(call.toString(), problem);
        this.idempotencyKey = call.idempotencyKey();
    }

    /// The Idempotency-Key under which it was asked for, and under which it may be asked for again.
    public String idempotencyKey() {
        return idempotencyKey;
    }
}
