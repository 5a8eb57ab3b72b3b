package io.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.wire.WireLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// That a question to another node ends, whatever that node does.
@Timeout(60)
final class PeerQuestionTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void a_node_that_stops_in_the_middle_of_its_answer_is_not_waited_for() throws IOException {
        try (var node = answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")) {
            assertThatThrownBy(() -> ask(node, SHORT).get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void an_answer_without_end_is_refused() throws IOException {
        int tooLong = WireLimits.MAX_ANSWER_BYTES + 1;
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + tooLong + "\r\n\r\n";
        try (var node = answering(head + "x".repeat(tooLong))) {
            assertThatThrownBy(() -> ask(node, LONG).get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void a_whole_answer_is_given() throws IOException {
        try (var node = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) {
            assertThat(ask(node, LONG).join()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
        }
    }

    private static CompletableFuture<byte[]> ask(ServerSocket node, Duration patience) {
        var http = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.getLocalPort() + "/"));
        return PeerQuestion.ask(http, request, patience).thenApply(answer -> answer.body());
    }

    /// A node that sends `bytes` to the first who asks, and then nothing more; it keeps the connection open.
    private static ServerSocket answering(String bytes) throws IOException {
        var node = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                var connection = node.accept();
                connection.getInputStream().read(new byte[1024]);
                connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                connection.getOutputStream().flush();
            } catch (IOException e) {
                // The test is over: who asked has gone.
            }
        });
        return node;
    }
}
