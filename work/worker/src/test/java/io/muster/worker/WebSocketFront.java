package io.muster.worker;

import io.javalin.Javalin;
import io.muster.encoding.Bytes;
import io.muster.exchange.ExchangeCodec;

/// A tiny leader behind a WebSocket.
final class WebSocketFront implements AutoCloseable {
    private final Javalin server;

    WebSocketFront(TinyLeader leader) {
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.ws(
                            "/v1/work",
                            socket -> socket.onMessage(message -> message.send(ExchangeCodec.encode(leader.answer(
                                            ExchangeCodec.decodeRequest(Bytes.utf8(message.message())), address()))
                                    .text())));
                })
                .start("127.0.0.1", 0);
    }

    String address() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
