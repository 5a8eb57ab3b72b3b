package io.muster.client;

import io.muster.encoding.Bytes;
import io.muster.wire.ApiKey;
import io.muster.wire.ConnectionFailures;
import io.muster.wire.HttpConnections;
import io.muster.wire.Problem;
import io.muster.wire.ProblemReader;
import io.muster.wire.TimedStream;
import io.muster.wire.WireLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Fetches what is too large to be held in memory, from the first server that sends it. A server that sends nothing
/// yet may be followed by another; what broke off in its middle is not gone on with.
final class Download {
    /// A server writes what it sends to its disk first, which may take minutes.
    private static final Duration UNTIL_BEGUN = Duration.ofMinutes(11);

    /// One that has begun and goes quiet is gone.
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final ClientConfig config;
    private final ApiKey key;
    private final HttpConnections transport;
    private final String path;

    Download(ClientConfig config, ApiKey key, HttpConnections transport, String path) {
        this.config = config;
        this.key = key;
        this.transport = transport;
        this.path = path;
    }

    /// What a server answered.
    private sealed interface Answer {
        record Content(InputStream body) implements Answer {}

        record Nothing(Problem why) implements Answer {}
    }

    /// What `sink` makes of it.
    ///
    /// @throws IOException if it broke off, or `sink` could not take it
    /// @throws MusterException if nobody sends it
    <T> T into(ContentSink<T> sink) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + config.patience().toNanos();
        for (int tries = 0; ; tries++) {
            String address = config.addresses().get(tries % config.addresses().size());
            switch (ask(address)) {
                case Answer.Content(InputStream body) -> {
                    return read(body, sink);
                }
                case Answer.Nothing(Problem why) -> {
                    if (System.nanoTime() - deadline > 0) {
                        throw new UnavailableException("GET " + path, why);
                    }
                }
            }
            transport.pause(PAUSE);
        }
    }

    private Answer ask(String address) throws InterruptedException {
        try {
            HttpResponse<InputStream> response =
                    transport.http().send(request(address), HttpResponse.BodyHandlers.ofInputStream());
            return response.statusCode() == 200
                    ? new Answer.Content(response.body())
                    : new Answer.Nothing(problem(response));
        } catch (IOException e) {
            String why = "no answer from " + address + ": " + ConnectionFailures.describe(e);
            return new Answer.Nothing(Problem.of("about:blank", "No answer", 0, why));
        }
    }

    private static <T> T read(InputStream body, ContentSink<T> sink) throws IOException {
        try (InputStream timed = new TimedStream(body, SILENCE)) {
            return sink.take(timed);
        }
    }

    private Problem problem(HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        try (InputStream body = new TimedStream(response.body(), SILENCE)) {
            Problem problem = ProblemReader.read(status, Bytes.wrap(body.readNBytes(WireLimits.MAX_ERROR_CHARACTERS)));
            if (status / 100 == 4 && status != 429) {
                throw new RefusedException("GET " + path, problem);
            }
            return problem;
        }
    }

    private HttpRequest request(String address) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", key.authorization())
                .timeout(UNTIL_BEGUN)
                .build();
    }
}
