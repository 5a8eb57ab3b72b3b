package io.muster.wire;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An answer of which head and body come in time, whatever the server does.
///
/// The timeout of a request ends with the head of its answer: a server that is frozen while it sends
/// the body would be waited for without end.
public final class WholeAnswer {
    private WholeAnswer() {}

    /// The whole answer, or a failure: an [HttpTimeoutException] at the latest after `patience`, an
    /// [IOException] where the body has more than `maxBytes`.
    public static CompletableFuture<HttpResponse<byte[]>> of(
            HttpClient http, HttpRequest.Builder request, Duration patience, int maxBytes) {
        var exchange = http.sendAsync(
                request.timeout(patience).build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
        return exchange.copy()
                .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((_, failure) -> {
                    if (failure instanceof TimeoutException) {
                        exchange.cancel(true);
                    }
                })
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(cause(failure, patience)));
    }

    /// The same, waited for.
    ///
    /// @throws IOException if it does not come
    public static HttpResponse<byte[]> await(
            HttpClient http, HttpRequest.Builder request, Duration patience, int maxBytes)
            throws IOException, InterruptedException {
        var answer = of(http, request, patience, maxBytes);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("cannot send a request", e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    private static Throwable cause(Throwable failure, Duration patience) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException
                ? new HttpTimeoutException("no whole answer within " + patience.toMillis() + " ms")
                : cause;
    }
}
