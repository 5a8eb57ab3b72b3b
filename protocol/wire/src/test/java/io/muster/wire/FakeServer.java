package io.muster.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.muster.encoding.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// A server that answers each request with the next of its answers, and remembers what it was asked.
public final class FakeServer implements AutoCloseable {
    private static final int FROZEN = -1;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /// How to answer one request; a status of 0 breaks the connection off, [#FROZEN] leaves it in the
    /// middle.
    private record Answer(int status, String type, String body, String leader) {
        Answer(int status, String type, String body) {
            this(status, type, body, "");
        }
    }

    /// One request.
    public record Asked(
            String method,
            String path,
            String authorization,
            String idempotencyKey,
            String lastEventId,
            String prefer,
            String body) {}

    public FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public FakeServer answers(int status, String body) {
        answers.add(new Answer(status, "application/json", body));
        return this;
    }

    /// Answers for the leader at `address`.
    public FakeServer passesOn(String address, int status, String body) {
        answers.add(new Answer(status, "application/json", body, address));
        return this;
    }

    public FakeServer problem(int status, String slug) {
        answers.add(new Answer(
                status,
                "application/problem+json",
                "{\"type\":\"/problems/" + slug + "\",\"title\":\"T\",\"status\":" + status + ",\"detail\":\"D\"}"));
        return this;
    }

    public FakeServer streams(String events) {
        answers.add(new Answer(200, "text/event-stream", events));
        return this;
    }

    /// Sends the first byte of an answer of `type`, and then nothing more as long as it is open.
    public FakeServer freezes(String type) {
        answers.add(new Answer(FROZEN, type, "{"));
        return this;
    }

    public FakeServer breaksOff() {
        answers.add(new Answer(0, "", ""));
        return this;
    }

    public List<Asked> asked() {
        return asked;
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                header(exchange, "Authorization"),
                header(exchange, "Idempotency-Key"),
                header(exchange, "Last-Event-ID"),
                header(exchange, "Prefer"),
                Bytes.wrap(exchange.getRequestBody().readAllBytes()).text()));
        Answer answer = answers.poll();
        if (answer == null) {
            throw new IOException("asked once too often");
        }
        if (answer.status() == FROZEN) {
            freeze(exchange, answer);
        }
        if (answer.status() > 0) {
            byte[] body = Bytes.utf8(answer.body()).array();
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Retry-After", "0");
            if (!answer.leader().isEmpty()) {
                exchange.getResponseHeaders().set("X-Muster-Leader-Address", answer.leader());
            }
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private void freeze(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(Bytes.utf8(answer.body()).array());
        exchange.getResponseBody().flush();
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IOException("the server is closed", e);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
