package io.muster.exchange;

import io.muster.encoding.Bytes;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import io.muster.wire.WireLimits;
import java.util.function.Supplier;

/// The JSON of the exchange.
///
/// Every job passes through here twice on the worker and twice on the leader. A codec written by hand took half a
/// microsecond a job less, of the 50 that a job may cost: ADR 5 has the figures.
public final class ExchangeCodec {
    private ExchangeCodec() {}

    /// The request as it is sent to the server.
    public static Bytes encode(ExchangeRequest request) {
        return Json.write(RequestDocument.of(request));
    }

    /// The answer as it is sent to the worker.
    public static Bytes encode(ExchangeAnswer answer) {
        return Json.write(AnswerDocument.of(answer));
    }

    /// @throws MalformedJsonException if it is no request of this protocol, or exceeds [WireLimits]
    public static ExchangeRequest decodeRequest(Bytes json) {
        if (json.size() > WireLimits.MAX_REQUEST_BYTES) {
            throw new MalformedJsonException(
                    "", "an exchange of " + json.size() + " bytes: at most " + WireLimits.MAX_REQUEST_BYTES);
        }
        return checked(Json.readLeniently(json, RequestDocument.class)::request);
    }

    /// @throws MalformedJsonException if it is no answer of this protocol
    public static ExchangeAnswer decodeAnswer(Bytes json) {
        return checked(Json.read(json, AnswerDocument.class)::answer);
    }

    private static <T> T checked(Supplier<T> document) {
        try {
            return document.get();
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("", String.valueOf(e.getMessage()), e);
        }
    }
}
