package io.muster.dispatch;

import io.muster.coordinator.WorkerReport;
import io.muster.encoding.Bytes;
import io.muster.exchange.ExchangeCodec;
import io.muster.exchange.ExchangeRequest;
import io.muster.http.Answers;
import io.muster.http.Caller;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.wire.MalformedJsonException;

/// Reads what a worker sends, alike on a channel and in a call of its own; what cannot be taken is
/// refused.
final class ExchangeReading {
    private ExchangeReading() {}

    /// Reads a request, and refuses one in another worker's name.
    static ExchangeRequest request(Bytes json, Caller caller) {
        ExchangeRequest request;
        try {
            request = ExchangeCodec.decodeRequest(json);
        } catch (MalformedJsonException e) {
            throw Answers.unreadable(e).refused();
        }
        if (!caller.identity().mayWorkAs(request.worker())) {
            throw Refusal.of(
                            ProblemType.NOT_ALLOWED,
                            "this key speaks for worker " + caller.identity().worker() + " only, not for "
                                    + request.worker())
                    .refused();
        }
        return request;
    }

    /// The request in the words of the ledger.
    static WorkerReport report(ExchangeRequest request, Caller caller) {
        try {
            return ExchangeRequestMapper.of(request, caller.principal());
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.INVALID, String.valueOf(e.getMessage()))
                    .refused();
        }
    }
}
