package io.muster.raftruntime;

import io.muster.log.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// One connection of the node port as the loop's thread reads and writes it: nothing here waits.
sealed interface NodeChannel permits PlainChannel, TlsChannel {
    /// Goes on with what must be over before the first frame; answers whether it is. To be called
    /// again whenever the socket is ready and at every turn, until it is.
    boolean prepare() throws IOException;

    /// In whose name the other side has proved to speak, where the channel knows.
    Optional<NodeId> proven();

    /// Takes what has arrived, as far as `into` has room; throws [java.io.EOFException] where the
    /// other side has closed.
    void read(ByteBuffer into) throws IOException;

    /// Whether more has arrived than the last reading had room for: the socket does not tell of it
    /// again.
    boolean hasMore();

    /// Gives away of `from` what can be given away now.
    void write(ByteBuffer from) throws IOException;

    /// Whether something that was written waits for the socket.
    boolean isBlocked();

    /// What a caller that never came as far as [#prepare] has to be told, for the operator of this
    /// node.
    String silence();

    /// Closes the connection, as politely as goes without waiting.
    void close();
}
