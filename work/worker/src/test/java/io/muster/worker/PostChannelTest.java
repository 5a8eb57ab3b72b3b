package io.muster.worker;

import io.muster.exchange.ExchangeChannelContract;
import java.io.IOException;

/// Single requests keep the contract of channels.
class PostChannelTest implements ExchangeChannelContract {
    @Override
    public Server server() throws IOException {
        var front = new PostFront(new TinyLeader());
        return new SocketServer(front.address(), front);
    }
}
