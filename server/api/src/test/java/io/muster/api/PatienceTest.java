package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.access.Role;
import io.muster.encoding.TimedOut;
import io.muster.http.TransportLimits;
import io.muster.http.Wire;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Peers that keep a connection, and how they lose it. Each test shortens one patience; none asserts how long it took.
@Timeout(120)
final class PatienceTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final TransportLimits USUAL = TransportLimits.USUAL;
    private static final TransportLimits.Pace SLOW = new TransportLimits.Pace(Duration.ofHours(1), 1);
    private static final String LIVEZ = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @AutoClose
    private Node node = Node.leading(1, USUAL);

    @Test
    void a_head_that_does_not_end_loses_its_connection_and_a_resting_one_stays() throws Exception {
        start(SHORT, USUAL.body(), USUAL.pace(), USUAL.whole());
        try (var resting = served();
                var second = served();
                var silent = Wire.to(node.address());
                var unfinished = Wire.to(node.address())) {
            second.say("GET /livez HTTP/1.1\r\nHo");

            assertThat(unfinished.say("GET /livez HTTP/1.1\r\nHo").rest()).isEmpty();
            assertThat(silent.rest()).isEmpty();
            second.rest();
            assertThat(resting.say(LIVEZ.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))
                            .rest())
                    .contains("200 OK");
        }
    }

    /// A connection whose first request was answered; on a busy machine the first may come too late.
    private Wire served() throws IOException {
        while (true) {
            var wire = Wire.to(node.address());
            if (wire.say(LIVEZ).line().contains(" 200 ")) {
                return wire;
            }
            wire.close();
        }
    }

    @Test
    void a_body_that_comes_below_the_least_rate_is_refused() throws Exception {
        start(USUAL.head(), Duration.ofHours(1), new TransportLimits.Pace(SHORT, 1 << 20), USUAL.whole());
        try (var trickling = Wire.to(node.address())) {
            trickling.say(submit(1_000_000));

            assertThat(trickling.repeat(" ", 20))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("too-slow")
                    .contains("Connection: close");
        }
        assertThat(node.cluster.proposed()).isEmpty();
    }

    @Test
    void a_body_that_is_not_whole_in_time_is_refused() throws Exception {
        start(USUAL.head(), SHORT, SLOW, USUAL.whole());
        try (var trickling = Wire.to(node.address())) {
            trickling.say(submit(1_000_000));

            assertThat(trickling.repeat(" ", 20)).startsWith("HTTP/1.1 408 ").contains("too-slow");
        }
        assertThat(node.cluster.proposed()).isEmpty();
    }

    @Test
    void a_body_that_stalls_loses_its_connection() throws Exception {
        start(USUAL.head(), SHORT, SLOW, Duration.ofHours(1));
        try (var stalled = Wire.to(node.address())) {
            stalled.say(submit(1_000_000) + "{");

            stalled.rest();
        }
        assertThat(node.cluster.proposed()).isEmpty();
    }

    @Test
    void an_answer_that_nobody_reads_loses_its_connection_and_its_memory() throws Exception {
        start(USUAL.head(), USUAL.body(), USUAL.pace(), SHORT);
        String payload = "\"" + "p".repeat(1_000_000) + "\"";
        for (int i = 0; i < 4; i++) {
            String job = "{\"type\":\"noop\",\"payload\":" + payload + "}";
            assertThat(answered(() -> node.client(Role.OPERATOR).post("/v1/jobs", job)))
                    .isEqualTo(201);
        }
        String key = node.cluster.grant(Role.VIEWER, "");
        String page = "GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + key + "\r\n\r\n";
        String pages = String.join("", Collections.nCopies(1_000, page));
        try (var deaf = Wire.to(node.address())) {
            // A server that waits for a reader takes no further request; one that gave up takes the connection away.
            assertThatThrownBy(() -> {
                        while (true) {
                            deaf.say(pages);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        // Four such answers are more than one key may hold at once.
        for (int i = 0; i < 8; i++) {
            assertThat(answered(() -> node.stranger().with("X-API-Key", key).get("/v1/jobs")))
                    .isEqualTo(200);
        }
    }

    /// The status of an answer; on a busy machine a request, too, may take longer than this server's patience.
    private static int answered(Callable<HttpResponse<String>> request) throws Exception {
        while (true) {
            try {
                return request.call().statusCode();
            } catch (IOException e) {
                assertThat(e).as("the connection was taken away").isNotNull();
            }
        }
    }

    @Test
    void one_address_gets_so_many_connections_and_leaves_others_theirs() throws Exception {
        start(new TransportLimits(
                4, 2, USUAL.head(), USUAL.body(), USUAL.pace(), USUAL.grace(), USUAL.whole(), USUAL.hearing(), 9, 1));
        try (var one = Wire.to(node.address())) {
            assertThat(one.say(LIVEZ).line()).contains(" 200 ");
            try (var two = Wire.to(node.address())) {
                assertThat(two.say(LIVEZ).line()).contains(" 200 ");
                assertThat(isServed("127.0.0.1")).isFalse();

                assertThat(isServed("127.0.0.2")).isTrue();
            }
            // When the end of a connection is noticed is the server's affair.
            while (!isServed("127.0.0.1")) {
                TimedOut.check();
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void all_addresses_together_get_so_many_connections() throws Exception {
        start(new TransportLimits(
                2, 2, USUAL.head(), USUAL.body(), USUAL.pace(), USUAL.grace(), USUAL.whole(), USUAL.hearing(), 9, 1));
        try (var one = Wire.to(node.address());
                var two = Wire.from("127.0.0.2", node.address())) {
            assertThat(one.say(LIVEZ).line()).contains(" 200 ");
            assertThat(two.say(LIVEZ).line()).contains(" 200 ");

            assertThat(isServed("127.0.0.3")).isFalse();
        }
    }

    private boolean isServed(String from) {
        try (var wire = Wire.from(from, node.address())) {
            return wire.say(LIVEZ).line().contains(" 200 ");
        } catch (IOException e) {
            return false;
        }
    }

    private void start(Duration head, Duration body, TransportLimits.Pace pace, Duration whole) throws IOException {
        start(new TransportLimits(
                USUAL.connections(),
                USUAL.perAddress(),
                head,
                body,
                pace,
                Duration.ZERO,
                whole,
                USUAL.hearing(),
                USUAL.channels(),
                USUAL.bytes()));
    }

    private void start(TransportLimits limits) throws IOException {
        node.close();
        node = Node.leading(1, limits);
    }

    private String submit(int length) {
        return "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\nX-API-Key: " + node.cluster.grant(Role.OPERATOR, "") + "\r\n\r\n";
    }
}
