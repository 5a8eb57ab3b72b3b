package io.muster.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.muster.encoding.Bytes;
import io.muster.exchange.ExchangeCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;

/// A tiny leader behind something that allows no WebSocket.
final class PostFront implements AutoCloseable {
    private final HttpServer server;
    private final AtomicReference<String> authorization = new AtomicReference<>("");

    PostFront(TinyLeader leader) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/work", exchange -> {
            if (!"POST".equals(exchange.getRequestMethod())) {
                answer(exchange, 426, Bytes.utf8("no upgrades here"));
                return;
            }
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            Bytes request = Bytes.wrap(exchange.getRequestBody().readAllBytes());
            answer(exchange, 200, ExchangeCodec.encode(leader.answer(ExchangeCodec.decodeRequest(request), address())));
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String authorization() {
        return authorization.get();
    }

    private static void answer(HttpExchange exchange, int status, Bytes body) throws IOException {
        exchange.sendResponseHeaders(status, body.size());
        exchange.getResponseBody().write(body.array());
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
