package io.muster.http;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The HTTP client with which this node speaks to the API of others: HTTP/1.1, no redirects, and
/// threads that cost nothing while they wait.
public final class PeerClient implements AutoCloseable {
    private static final int TLS_PATIENCE = 3;

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("muster-peers-", 0).factory());
    private final HttpClient http;

    /// `patience` bounds how long connecting may take, and a few times as much with the handshake of
    /// TLS, which a young process on a busy machine computes for more than a second; under HTTPS
    /// those are trusted whom `security` names.
    public PeerClient(Duration patience, HttpSecurity security) {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(security instanceof HttpSecurity.Https ? patience.multipliedBy(TLS_PATIENCE) : patience)
                .executor(threads)
                .sslContext(security.trust())
                .build();
    }

    public HttpClient http() {
        return http;
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
