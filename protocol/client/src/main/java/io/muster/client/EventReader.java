package io.muster.client;

import io.muster.encoding.Bytes;
import io.muster.wire.ApiKey;
import io.muster.wire.ConnectionFailures;
import io.muster.wire.HttpConnections;
import io.muster.wire.Problem;
import io.muster.wire.ProblemReader;
import io.muster.wire.TimedStream;
import io.muster.wire.WireLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Reads the events of the cluster for as long as somebody wants them, over the loss of any server.
///
/// A lost stream is taken up at another server behind the last event that was read, so none is missed and none comes
/// twice. Where the servers cannot go back that far, the listener is told that there is a gap.
public final class EventReader {
    /// Servers say something at least every 15 s.
    private static final Duration SILENCE = Duration.ofSeconds(40);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final ClientConfig config;
    private final ApiKey key;
    private final HttpConnections transport;
    private final Duration silence;

    EventReader(ClientConfig config, ApiKey key, HttpConnections transport) {
        this(config, key, transport, SILENCE);
    }

    /// With another patience: a server that says nothing for `silence`, head or body, is left.
    EventReader(ClientConfig config, ApiKey key, HttpConnections transport, Duration silence) {
        this.config = config;
        this.key = key;
        this.transport = transport;
        this.silence = silence;
    }

    /// Hears events in order, one at a time.
    public interface Listener {
        /// What happened, and whether to go on.
        Continuation happened(EventDocument event);

        /// Events were missed that no server remembers: look at the state of things again.
        default void missed() {}
    }

    /// What a listener wants.
    public enum Continuation {
        MORE,
        ENOUGH
    }

    /// Reads on behind the event `lastSeen`, or from now on if that is empty, until the listener has enough.
    ///
    /// @throws RefusedException if the key may not read events
    /// @throws UnavailableException if no server has served the stream for as long as the client is patient
    public void read(String lastSeen, Listener listener) throws InterruptedException {
        EventFrames frames = new EventFrames(lastSeen, listener);
        long servedAt = System.nanoTime();
        for (int tries = 0; ; tries++) {
            String address = config.addresses().get(tries % config.addresses().size());
            String trouble;
            try {
                if (readFrom(address, frames) == Continuation.ENOUGH) {
                    return;
                }
                servedAt = System.nanoTime();
                trouble = "the stream ended";
            } catch (IOException e) {
                servedAt = frames.tookAny() ? System.nanoTime() : servedAt;
                trouble = "no answer from " + address + ": " + ConnectionFailures.describe(e);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("reading events was interrupted");
            }
            if (System.nanoTime() - servedAt > config.patience().toNanos()) {
                throw new UnavailableException("GET /v1/events", Problem.of("about:blank", "No answer", 0, trouble));
            }
            transport.pause(PAUSE);
        }
    }

    private Continuation readFrom(String address, EventFrames frames) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/v1/events"))
                .header("Authorization", key.authorization())
                .header("Accept", "text/event-stream")
                .timeout(silence);
        if (!frames.lastSeen().isEmpty()) {
            request.header("Last-Event-ID", frames.lastSeen());
        }
        HttpResponse<InputStream> response =
                transport.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = new TimedStream(response.body(), silence)) {
            int status = response.statusCode();
            if (status / 100 == 4 && status != 429) {
                throw new RefusedException(
                        "GET /v1/events",
                        ProblemReader.read(status, Bytes.wrap(body.readNBytes(WireLimits.MAX_ERROR_CHARACTERS))));
            }
            if (status != 200) {
                throw new IOException("status " + status);
            }
            return take(body, frames);
        }
    }

    private Continuation take(InputStream body, EventFrames frames) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (frames.take(line) == Continuation.ENOUGH) {
                    return Continuation.ENOUGH;
                }
            }
            return Continuation.MORE;
        }
    }
}
