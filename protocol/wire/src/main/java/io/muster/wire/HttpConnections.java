package io.muster.wire;

import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/// The connections of one process to Muster's servers: one HTTP client and the virtual threads that
/// it calls back on.
public final class HttpConnections implements AutoCloseable {
    /// On a working network a connection takes milliseconds; what takes seconds is better tried
    /// elsewhere.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /// With the handshake of TLS, which a young process on a busy machine computes for more than a
    /// second.
    private static final Duration TLS_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("muster-client-", 0).factory());

    private final HttpClient http;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// Connections that trust under `https` whom the system trusts.
    public HttpConnections() {
        this(systemTrust(), CONNECT_TIMEOUT);
    }

    /// Connections with servers at `addresses`, that trust under `https` whom the system trusts.
    public static HttpConnections with(List<String> addresses) {
        boolean isTls = addresses.stream().anyMatch(address -> address.startsWith("https:"));
        return new HttpConnections(systemTrust(), isTls ? TLS_CONNECT_TIMEOUT : CONNECT_TIMEOUT);
    }

    /// Connections that trust under `https` whom `trust` does.
    public HttpConnections(SSLContext trust) {
        this(trust, TLS_CONNECT_TIMEOUT);
    }

    private HttpConnections(SSLContext trust, Duration connectTimeout) {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(executor)
                .sslContext(trust)
                .build();
    }

    private static SSLContext systemTrust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has a default context of TLS", e);
        }
    }

    public HttpClient http() {
        return http;
    }

    public ExecutorService executor() {
        return executor;
    }

    /// Waits before another try.
    ///
    /// @throws IllegalStateException if the transport is closed meanwhile
    public void pause(Duration duration) throws InterruptedException {
        if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("the connections to Muster were closed during a call");
        }
    }

    /// Breaks off every call that is under way.
    @Override
    public void close() {
        closed.countDown();
        http.shutdownNow();
        executor.shutdownNow();
    }
}
