package io.muster.http;

/// What all requests and channels of one server share, each of it bounded.
///
/// @param admission how many come in at once, and how many bytes they hold
/// @param deadlines when what takes too long is ended
/// @param peers the client for other nodes
public record ServerResources(Admission admission, Deadlines deadlines, PeerClient peers) implements AutoCloseable {
    /// Those of a server that gives its peers as much as `limits` say.
    public static ServerResources of(HttpConfig config, TransportLimits limits) {
        return new ServerResources(
                Admission.within(limits.bytes()),
                new Deadlines(limits),
                new PeerClient(config.peerTimeout(), config.security()));
    }

    /// Ends the threads; nothing is answered any more.
    @Override
    public void close() {
        deadlines.close();
        peers.close();
    }
}
