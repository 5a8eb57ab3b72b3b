package io.muster.worker;

import io.muster.exchange.ExchangeChannelContract;

/// A WebSocket keeps the contract of channels.
class WebSocketChannelTest implements ExchangeChannelContract {
    @Override
    public Server server() {
        var front = new WebSocketFront(new TinyLeader());
        return new SocketServer(front.address(), front);
    }
}
