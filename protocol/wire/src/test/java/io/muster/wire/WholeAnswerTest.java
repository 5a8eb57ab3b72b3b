package io.muster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// That a question to a server ends, whatever that server does.
@Timeout(60)
final class WholeAnswerTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int MOST = 1 << 20;
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void a_server_that_stops_in_the_middle_of_its_answer_is_not_waited_for() throws IOException {
        try (var server = answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")) {
            assertThatThrownBy(() -> ask(server, SHORT).get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void an_answer_without_end_is_refused() throws IOException {
        int tooLong = MOST + 1;
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + tooLong + "\r\n\r\n";
        try (var server = answering(head + "x".repeat(tooLong))) {
            assertThatThrownBy(() -> ask(server, LONG).get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void a_whole_answer_is_given() throws IOException {
        try (var server = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) {
            assertThat(ask(server, LONG).join())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{}");
        }
    }

    private static CompletableFuture<byte[]> ask(ServerSocket server, Duration patience) {
        var http = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"));
        return WholeAnswer.of(http, request, patience, MOST).thenApply(answer -> answer.body());
    }

    /// A server that sends `bytes` to the first who asks, and then nothing more; it keeps the
    /// connection open.
    private static ServerSocket answering(String bytes) throws IOException {
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                var connection = server.accept();
                connection.getInputStream().read(new byte[1024]);
                connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                connection.getOutputStream().flush();
            } catch (IOException e) {
                // The test is over: who asked has gone.
            }
        });
        return server;
    }
}
