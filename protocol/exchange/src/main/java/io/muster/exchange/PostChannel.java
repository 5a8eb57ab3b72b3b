package io.muster.exchange;

import io.muster.encoding.Bytes;
import io.muster.wire.ApiKey;
import io.muster.wire.ConnectionFailures;
import io.muster.wire.MalformedJsonException;
import io.muster.wire.ProblemReader;
import io.muster.wire.WholeAnswer;
import io.muster.wire.WireLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// An exchange channel of single requests. A server that is gone is noticed by the next of them.
final class PostChannel implements ExchangeChannel {
    /// A worker gives an exchange up long before; this only ends what was forgotten.
    private static final Duration FORGOTTEN = Duration.ofSeconds(30);

    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final HttpClient http;
    private final URI uri;
    private final ApiKey key;
    private final Listener listener;
    private final Duration patience;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);

    PostChannel(HttpClient http, URI uri, ApiKey key, Listener listener) {
        this(http, uri, key, listener, FORGOTTEN);
    }

    /// With another patience: an exchange whose answer is not whole after `patience` ends the channel.
    PostChannel(HttpClient http, URI uri, ApiKey key, Listener listener, Duration patience) {
        this.patience = patience;
        this.http = http;
        this.uri = uri;
        this.key = key;
        this.listener = listener;
    }

    @Override
    public void send(ExchangeRequest request) {
        if (over.get()) {
            return;
        }
        HttpRequest.Builder post = HttpRequest.newBuilder(uri)
                .header("Authorization", key.authorization())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        ExchangeCodec.encode(request).array()));
        underWay = WholeAnswer.of(http, post, patience, WireLimits.MAX_ANSWER_BYTES)
                .whenCompleteAsync((response, failure) -> {
                    if (failure != null) {
                        over("cannot post to " + uri + ": " + ConnectionFailures.describe(failure));
                    } else {
                        answered(response);
                    }
                });
    }

    @Override
    public void close() {
        over.set(true);
        underWay.cancel(true);
    }

    private void answered(HttpResponse<byte[]> response) {
        Bytes body = Bytes.wrap(response.body());
        switch (response.statusCode()) {
            case OK, CONFLICT, UNAVAILABLE -> read(response.statusCode(), body);
            case ExchangeChannels.UNAUTHORIZED, ExchangeChannels.FORBIDDEN -> denied(body);
            default ->
                over(uri + " answered with status " + response.statusCode() + ": " + ProblemReader.describe(body));
        }
    }

    private void read(int status, Bytes body) {
        try {
            listener.answered(ExchangeCodec.decodeAnswer(body));
        } catch (MalformedJsonException e) {
            if (status != OK) {
                over(uri + " answered with status " + status + ": " + ProblemReader.describe(body));
            } else if (over.compareAndSet(false, true)) {
                listener.unread("an answer that is none, at '" + e.pointer() + "': " + e.getMessage() + ": "
                        + ProblemReader.describe(body));
            }
        }
    }

    private void denied(Bytes body) {
        if (over.compareAndSet(false, true)) {
            listener.denied(uri + " refuses the key: " + ProblemReader.describe(body));
        }
    }

    private void over(String why) {
        if (over.compareAndSet(false, true)) {
            listener.closed(why);
        }
    }
}
