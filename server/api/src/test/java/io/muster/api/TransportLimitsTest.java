package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.exchange.ExchangeCodec;
import io.muster.exchange.ExchangeRequest;
import io.muster.http.Admission;
import io.muster.http.Client;
import io.muster.http.ProblemType;
import io.muster.http.RequestBody;
import io.muster.http.TransportLimits;
import io.muster.wire.WireLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Peers that announce, begin and trickle: what is not there yet costs nobody else anything.
@Timeout(120)
final class TransportLimitsTest {
    /// As the table of limits says.
    private static final int MAX_PER_OPEN_KEY = 64;

    private static final int TRY_AGAIN_LATER = 1013;
    private static final int MESSAGE_TOO_LARGE = 1009;

    private final List<Socket> sockets = new ArrayList<>();

    @AutoClose
    private Node node = Node.leading(1);

    private String worker = node.cluster.grant(Role.WORKER, "worker-a");

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void bodies_that_are_announced_and_do_not_come_keep_nobody_out() throws Exception {
        for (int i = 0; i < 40; i++) {
            var socket = open();
            say(socket, head("POST /v1/work", RequestBody.MAX_BYTES) + "{");
        }

        var answer = node.client(Role.OPERATOR).post("/v1/jobs", "{\"type\":\"noop\"}");

        assertThat(answer.statusCode()).isEqualTo(201);
        var exchange = node.client(Role.WORKER).post("/v1/work", exchange(1));
        assertThat(exchange.statusCode()).as(exchange.body()).isEqualTo(200);
    }

    /// A client takes 429 for a promise: without a key it would submit the job a second time.
    @Test
    void a_write_whose_answer_finds_no_room_is_not_told_that_nothing_was_written() throws Exception {
        String key = node.cluster.grant(Role.OPERATOR, "");
        Client operator = node.stranger().with("Authorization", "Bearer " + key);
        String job = "{\"type\":\"noop\"}";
        int room = job.length() + 10;
        for (int length : new int[] {RequestBody.MAX_BYTES, RequestBody.MAX_BYTES - room}) {
            var socket = open();
            say(socket, head("POST /v1/jobs", length).replace(worker, key) + " ".repeat(length - 1));
        }
        // The server reads what was sent in its own time; each answer is a look at how far it has come.
        while (operator.get("/v1/cluster").statusCode() != 429) {
            Thread.onSpinWait();
        }

        var answer = operator.post("/v1/jobs", job);

        var jobs = node.client(Role.VIEWER).get("/v1/jobs").body();
        assertThat(jobs).contains("\"noop\"");
        assertThat(Node.problem(answer).type()).isEqualTo(ProblemType.UNKNOWN_OUTCOME.type());
        assertThat(answer.body()).doesNotContain("nothing was written");
    }

    @Test
    void a_body_without_end_is_refused_at_once_and_its_connection_closed() throws Exception {
        var socket = open();

        say(socket, head("POST /v1/work", 1L << 40) + "{");

        String answer = rest(socket);
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("Connection: close");
    }

    @Test
    void a_first_message_that_is_large_closes_its_channel() throws Exception {
        String large = exchange(1).replace("\"slots\"", " ".repeat(WireLimits.MAX_FIRST_EXCHANGE_BYTES) + "\"slots\"");
        var socket = channel();

        frame(socket, large);
        assertThat(closeStatus(socket)).isEqualTo(MESSAGE_TOO_LARGE);
    }

    @Test
    void a_message_after_the_first_may_be_large() throws Exception {
        String large = exchange(1).replace("\"slots\"", " ".repeat(WireLimits.MAX_FIRST_EXCHANGE_BYTES) + "\"slots\"");
        var other = channel();
        frame(other, exchange(1));
        assertThat(answered(other)).contains("\"sequence\":1");
        frame(other, large.replace("\"sequence\":1", "\"sequence\":2"));
        assertThat(answered(other)).contains("\"sequence\":2");
    }

    @Test
    void a_worker_has_an_old_and_a_new_channel_and_the_oldest_gives_way() throws Exception {
        // Each is known to be open, in this order, only once it has answered.
        var first = channel();
        frame(first, exchange(1));
        assertThat(answered(first)).contains("\"sequence\":1");
        var second = channel();
        frame(second, exchange(2));
        assertThat(answered(second)).contains("\"sequence\":2");
        channel();

        assertThat(closeStatus(first)).isEqualTo(TRY_AGAIN_LATER);
        frame(second, exchange(3));
        assertThat(answered(second)).contains("\"sequence\":3");
    }

    @Test
    void what_unfinished_messages_hold_is_given_back_when_their_channel_closes() throws Exception {
        for (int i = 0; i < 3 * Admission.MAX_KEY_BYTES / WireLimits.MAX_FIRST_EXCHANGE_BYTES / 2; i++) {
            var socket = channel();
            part(socket, "a".repeat(WireLimits.MAX_FIRST_EXCHANGE_BYTES / 2));
        }

        var last = channel();
        frame(last, exchange(1));

        assertThat(answered(last)).contains("\"sequence\":1");
    }

    @Test
    void a_key_for_any_worker_has_channels_of_its_own_number_and_the_oldest_gives_way() throws Exception {
        worker = node.cluster.grant(Role.ADMIN, "");
        var first = channel();
        frame(first, exchange(1));
        assertThat(answered(first)).contains("\"sequence\":1");
        for (int i = 1; i <= MAX_PER_OPEN_KEY; i++) {
            channel();
        }

        assertThat(closeStatus(first)).isEqualTo(TRY_AGAIN_LATER);
    }

    @Test
    void all_keys_together_have_so_many_channels_at_a_node() throws Exception {
        restart(1, Admission.MAX_BYTES);
        var only = channel();
        frame(only, exchange(1));
        assertThat(answered(only)).contains("\"sequence\":1");
        worker = node.cluster.grant(Role.WORKER, "worker-b");

        var refused = open();
        say(refused, upgrade());

        assertThat(new String(refused.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 429");
        frame(only, exchange(2));
        assertThat(answered(only)).contains("\"sequence\":2");
    }

    @Test
    void what_a_key_holds_on_a_channel_counts_against_its_requests_and_nobody_elses() throws Exception {
        restart(9, 4 * Admission.MAX_KEY_BYTES);
        var channel = channel();
        frame(channel, exchange(1));
        assertThat(answered(channel)).contains("\"sequence\":1");
        part(channel, " ".repeat(RequestBody.MAX_BYTES - 1));
        // A pong comes once everything before the ping was taken.
        send(channel, 0x89, "");
        nextFrame(channel, 0x8A);
        var itself = node.stranger().with("Authorization", "Bearer " + worker);
        var other = node.stranger().with("Authorization", "Bearer " + node.cluster.grant(Role.WORKER, "worker-b"));

        var answer = itself.post("/v1/work", exchange(2));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Node.problem(answer).type()).isEqualTo("/problems/overloaded");
        assertThat(other.post("/v1/work", exchange(1).replace("worker-a", "worker-b"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(node.client(Role.OPERATOR)
                        .post("/v1/jobs", "{\"type\":\"noop\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    private void restart(int channels, long bytes) {
        var usual = TransportLimits.USUAL;
        node.close();
        node = Node.leading(
                1,
                new TransportLimits(
                        usual.connections(),
                        usual.perAddress(),
                        usual.head(),
                        usual.body(),
                        usual.pace(),
                        usual.grace(),
                        usual.whole(),
                        usual.hearing(),
                        channels,
                        bytes));
        worker = node.cluster.grant(Role.WORKER, "worker-a");
    }

    private static String exchange(long sequence) {
        return ExchangeCodec.encode(new ExchangeRequest(
                        "worker-a", 7, sequence, 1, Map.of(), List.of("noop"), false, List.of(), List.of()))
                .text();
    }

    private String head(String request, long length) {
        return request + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\nAuthorization: Bearer " + worker + "\r\n\r\n";
    }

    private Socket open() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), node.address().getPort());
        socket.setSoTimeout(60_000);
        sockets.add(socket);
        return socket;
    }

    /// An open WebSocket, with the answer to its upgrade read.
    private Socket channel() throws IOException {
        var socket = open();
        say(socket, upgrade());
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\n")) {
            answer.append((char) socket.getInputStream().read());
        }
        assertThat(answer.toString()).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    private String upgrade() {
        return "GET /v1/work HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + "Authorization: Bearer " + worker + "\r\n\r\n";
    }

    private static void frame(Socket socket, String text) throws IOException {
        send(socket, 0x81, text);
    }

    /// The first part of a message that has no end.
    private static void part(Socket socket, String text) throws IOException {
        send(socket, 0x01, text);
    }

    private static void send(Socket socket, int head, String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        // The mask is zero, which leaves the payload as it is.
        var frame = ByteBuffer.allocate(payload.length + 14).put((byte) head);
        if (payload.length == 0) {
            frame.put((byte) 0x80).putInt(0).flip();
        } else {
            frame.put((byte) 0xFF)
                    .putLong(payload.length)
                    .putInt(0)
                    .put(payload)
                    .flip();
        }
        try {
            socket.getOutputStream().write(frame.array(), 0, frame.limit());
        } catch (IOException e) {
            assertThat(e)
                    .as("a server may close the channel before all was sent")
                    .isNotNull();
        }
    }

    /// The next message.
    private static String answered(Socket socket) throws IOException {
        byte[] payload = nextFrame(socket, 0x81);
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static int closeStatus(Socket socket) throws IOException {
        return ByteBuffer.wrap(nextFrame(socket, 0x88)).getShort();
    }

    private static byte[] nextFrame(Socket socket, int head) throws IOException {
        InputStream in = socket.getInputStream();
        assertThat(in.read()).isEqualTo(head);
        int length = in.read();
        if (length == 126) {
            length = in.read() << 8 | in.read();
        }
        return in.readNBytes(length);
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
