package io.muster.raftruntime;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// How far the connection has come that a node dials to a peer.
///
/// ```
///   Closed ─dial─▶ Dialling ──▶ Securing ─TLS─▶ Challenged ─HELLO─▶ Greeting ─WELCOME─▶ Open
///      ▲              │ refused    │ untrusted     │ timed out        │ REFUSED           │ closed
///      └──────────────┴────────────┴───────────────┴──────────────────┴───────────────────┘
/// ```
sealed interface OutgoingState {
    /// Nothing is connected; it is dialled when the pause is over.
    record Closed() implements OutgoingState {}

    /// The peer has yet to take the connection.
    record Dialling(SocketChannel socket, SelectionKey key) implements OutgoingState {}

    /// The peer has taken it.
    sealed interface Linked extends OutgoingState {
        Connection connection();
    }

    /// A connection with what it is read and written by.
    record Connection(SocketChannel socket, SelectionKey key, NodeChannel channel, FrameInput input) {}

    /// The handshake of TLS, where there is one.
    record Securing(Connection connection) implements Linked {}

    /// The peer is to send its challenge.
    record Challenged(Connection connection) implements Linked {}

    /// This node has said who it is, with proof by `drawn`, and the peer is to answer.
    record Greeting(Connection connection, Nonces drawn) implements Linked {}

    /// Messages go out.
    ///
    /// @param protocol the version of the conversation that the peer speaks
    record Open(Connection connection, int protocol) implements Linked {}
}
