package io.muster.worker;

import io.muster.exchange.ExchangeChannel;
import io.muster.exchange.ExchangeChannelContract;
import io.muster.exchange.ExchangeChannels;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.util.function.BooleanSupplier;

/// A server behind real sockets, for the contract of channels.
///
/// @param front what listens; closing it is the end of the server's process
record SocketServer(String address, AutoCloseable front, HttpConnections connections)
        implements ExchangeChannelContract.Server {
    SocketServer(String address, AutoCloseable front) {
        this(address, front, new HttpConnections());
    }

    @Override
    public ExchangeChannel open(ExchangeChannel.Listener listener) {
        return new ExchangeChannels(connections, ApiKey.of("secret")).open(address, listener);
    }

    @Override
    public void die() {
        try {
            front.close();
        } catch (Exception e) {
            throw new AssertionError("a server cannot be stopped", e);
        }
    }

    /// The contract's tests carry their time limit.
    @Override
    public void await(BooleanSupplier isSo) {
        while (!isSo.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        connections.close();
        die();
    }
}
