package io.muster.http;

import io.muster.wire.WireLimits;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One question to another node, which ends in time whatever that node does.
///
/// The timeout of a request ends with the head of its answer: a node that is frozen while it sends the body would be
/// waited for without end.
public final class PeerQuestion {
    private PeerQuestion() {}

    /// The whole answer, or, at the latest after `patience`, a failure. A body of more than
    /// [WireLimits#MAX_ANSWER_BYTES] is one.
    public static CompletableFuture<HttpResponse<byte[]>> ask(
            HttpClient http, HttpRequest.Builder request, Duration patience) {
        var exchange = http.sendAsync(
                request.timeout(patience).build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), WireLimits.MAX_ANSWER_BYTES));
        return exchange.copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, failure) -> {
                    if (failure instanceof TimeoutException) {
                        exchange.cancel(true);
                    }
                });
    }
}
