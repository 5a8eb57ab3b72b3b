package io.muster.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A node that takes every request and breaks the connection off instead of answering, unless it was told what to say.
final class ForgetfulLeader implements AutoCloseable {
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();

    private sealed interface Step {
        record Lose(Runnable meanwhile) implements Step {}

        record Say(int status, String type, String body) implements Step {}
    }

    ForgetfulLeader() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Method and path of each request.
    List<String> asked() {
        return asked;
    }

    /// Loses the next answer, after `meanwhile`.
    ForgetfulLeader loses(Runnable meanwhile) {
        steps.add(new Step.Lose(meanwhile));
        return this;
    }

    /// Answers the next request after those that were spoken of before.
    ForgetfulLeader says(int status, String type, String body) {
        steps.add(new Step.Say(status, type, body));
        return this;
    }

    private void take(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        switch (steps.poll()) {
            case null -> {}
            case Step.Lose(Runnable meanwhile) -> meanwhile.run();
            case Step.Say(int status, String type, String body) -> {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
