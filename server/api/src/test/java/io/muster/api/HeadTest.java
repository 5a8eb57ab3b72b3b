package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.encoding.Bytes;
import io.muster.http.Access;
import io.muster.http.Refusal;
import io.muster.http.Route;
import io.muster.http.Wire;
import io.muster.wire.Json;
import io.muster.wire.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Heads of requests that another server would read otherwise: each gets a clear answer, the same one everywhere.
@Timeout(120)
final class HeadTest {
    private static final String NOOP = "{\"type\":\"noop\"}";

    @AutoClose
    private final Node node = Node.leading(1);

    private final String key = node.cluster.grant(Role.ADMIN, "");

    @Test
    void head_is_answered_as_get_is_but_without_a_body() throws Exception {
        node.cluster.answerBackups(new BackupAnswer.Ready(new ByteArrayInputStream(new byte[] {1}), 1, 1));
        for (Route route : Routes.all().stream()
                .filter(route -> route.method() == Route.Method.GET && !Routes.isStream(route))
                .toList()) {
            String path = path(route);

            String get = ask("GET", path, "X-API-Key: " + key);
            String head = ask("HEAD", path, "X-API-Key: " + key);

            assertThat(status(head)).as(path).isEqualTo(status(get));
            assertThat(field(head, "Content-Type")).as(path).isEqualTo(field(get, "Content-Type"));
            assertThat(body(head)).as(path).isEmpty();
        }
        String events = ask("HEAD", "/v1/events", "X-API-Key: " + key);
        assertThat(status(events)).isEqualTo(200);
        assertThat(field(events, "Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
    }

    @Test
    void head_needs_the_same_key_as_get() throws Exception {
        String worker = node.cluster.grant(Role.WORKER, "worker-a");
        for (Route route : Routes.all().stream()
                .filter(route -> route.method() == Route.Method.GET
                        && route.access() != Access.OPEN
                        && route.access() != Access.CARRY)
                .toList()) {
            assertThat(status(ask("HEAD", path(route), "X-Nothing: 1")))
                    .as(route.toString())
                    .isEqualTo(401);
            assertThat(status(ask("HEAD", path(route), "X-API-Key: " + worker)))
                    .as(route.toString())
                    .isEqualTo(403);
        }
    }

    @Test
    void what_must_stand_once_and_stands_twice_is_refused() throws Exception {
        for (String name : List.of("Authorization", "X-API-Key", "Content-Type", "Idempotency-Key")) {
            var problem = problem(submit(name + ": a", name + ": b"), 400);

            assertThat(problem.detail()).contains(name).contains("twice");
        }
    }

    @Test
    void an_idempotency_key_that_is_not_ascii_is_refused() throws Exception {
        for (String text : List.of("\u00e9", "\u00fc", "a\u00c3\u00a9")) {
            assertThat(problem(submit("Idempotency-Key: " + text), 400).detail())
                    .contains("ASCII");
        }
        assertThat(node.cluster.proposed()).isEmpty();
    }

    @Test
    void a_body_that_is_encoded_is_refused_and_not_read_as_it_is() throws Exception {
        for (String encoding : List.of("gzip", "br", "deflate, gzip", "x")) {
            assertThat(problem(submit("Content-Encoding: " + encoding), 415).detail())
                    .contains("'" + encoding + "'");
        }
        assertThat(status(submit("Content-Encoding: identity"))).isEqualTo(201);

        String chunked = "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-API-Key: " + key
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: CODING\r\n\r\nf\r\n" + NOOP
                + "\r\n0\r\n\r\n";
        assertThat(problem(say(chunked.replace("CODING", "gzip, chunked")), 400).detail())
                .contains("gzip, chunked");
        assertThat(status(say(chunked.replace("CODING", "chunked")))).isEqualTo(201);
    }

    @Test
    void a_content_type_that_nobody_can_read_ends_in_no_mistake_of_ours() throws Exception {
        for (String type : List.of(
                "application/json; charset=\u00ff\u00e9",
                "application/json;charset=",
                "application/json; charset=\"",
                "application/json; charset=utf-16;;;",
                "a".repeat(9_000),
                "/",
                ";")) {
            int status = status(say(request("POST", "/v1/jobs", "Content-Type: " + type, NOOP)));

            assertThat(status).as(type).isIn(201, 415);
        }
    }

    @Test
    void a_broken_escape_in_a_query_is_refused_and_no_filter_passed_over() throws Exception {
        for (String query : List.of(
                "queue=%zz",
                "queue=%", "queue=%4", "%", "queue=%ff", "queue=%c0%af", "q%75eue=%ed%a0%80", "state=%%35")) {
            assertThat(problem(ask("GET", "/v1/jobs?" + query, "X-API-Key: " + key), 400)
                            .detail())
                    .as(query)
                    .contains("escape");
        }
        assertThat(status(ask("GET", "/v1/jobs?queue=%c3%a9&limit=%35", "X-API-Key: " + key)))
                .isEqualTo(200);
    }

    @Test
    void an_incomplete_handshake_of_a_websocket_is_told_what_it_lacks() throws Exception {
        String upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nX-API-Key: " + key;
        String nonce = "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";

        assertThat(problem(ask("GET", "/v1/work", upgrade + nonce + "\r\nSec-WebSocket-Version: 9"), 400)
                        .detail())
                .contains("version 13");
        assertThat(problem(ask("GET", "/v1/work", upgrade + "\r\nSec-WebSocket-Version: 13"), 400)
                        .detail())
                .contains("Sec-WebSocket-Key");
    }

    @Test
    void what_the_server_refuses_unread_says_its_own_status_in_the_document() throws Exception {
        problem(ask("GET", "/livez", "X: " + "a".repeat(20_000)), 431);
        problem(say("GET /livez HTTP/3.0\r\nHost: localhost\r\n\r\n"), 505);
        problem(say("GET /livez HTTP/1.1\r\nHost: localhost\r\nExpect: nothing\r\nConnection: close\r\n\r\n"), 417);
        problem(say("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400);
    }

    @Test
    void no_refusal_is_as_long_as_what_it_refuses() throws Exception {
        String much = "a".repeat(9_000);
        for (String request : List.of(
                request("GET", "/" + much, "X: 1", ""),
                request("POST", "/v1/jobs", "Content-Type: " + much, NOOP),
                request("POST", "/v1/jobs", "Content-Encoding: " + much, NOOP),
                request("GET", "/v1/jobs?queue=" + much, "Origin: http://" + much, ""),
                request(much, "/livez", "X: 1", ""))) {
            assertThat(body(say(request)).length()).isLessThan(1_000);
        }
    }

    private String submit(String... fields) throws IOException {
        boolean isTyped = Arrays.stream(fields).anyMatch(field -> field.startsWith("Content-Type"));
        boolean isKeyed = Arrays.stream(fields).anyMatch(field -> field.startsWith("X-API-Key"));
        String more = (isTyped ? "" : "\r\nContent-Type: application/json") + (isKeyed ? "" : "\r\nX-API-Key: " + key);
        return say(plain("POST", "/v1/jobs", String.join("\r\n", fields) + more, NOOP));
    }

    private String ask(String method, String path, String fields) throws IOException {
        return say(plain(method, path, fields, ""));
    }

    private String request(String method, String path, String fields, String body) {
        return plain(method, path, fields + "\r\nX-API-Key: " + key, body);
    }

    private static String plain(String method, String path, String fields, String body) {
        String end = fields.contains("Upgrade") ? "" : "\r\nConnection: close";
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + end
                + (body.isEmpty() ? "" : "\r\nContent-Length: " + body.length()) + "\r\n\r\n" + body;
    }

    private String say(String request) throws IOException {
        try (var wire = Wire.to(node.address())) {
            wire.say(request);
            return request.contains("Upgrade") ? wire.answer() : wire.rest();
        }
    }

    private static String path(Route route) {
        return route.path()
                .replace("{id}", "x")
                .replace("{queue}", "default")
                .replace("{number}", "1")
                .replace("{slug}", "invalid")
                .replace("{digest}", "0".repeat(64))
                .replace("{file}", "main.js");
    }

    private static int status(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 ");
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static String field(String answer, String name) {
        return answer.lines()
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static Problem problem(String answer, int status) {
        assertThat(status(answer)).as(answer).isEqualTo(status);
        assertThat(field(answer, "Content-Type")).isEqualTo(Refusal.MEDIA_TYPE);
        var problem = Json.read(Bytes.wrap(body(answer).getBytes(StandardCharsets.ISO_8859_1)), Problem.class);
        assertThat(problem.status()).isEqualTo(status);
        return problem;
    }
}
