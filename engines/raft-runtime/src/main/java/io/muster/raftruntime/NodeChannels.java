package io.muster.raftruntime;

import io.muster.log.NodeId;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Makes the channels of one node's connections, all plain or all under TLS.
sealed interface NodeChannels {
    /// For a connection that this node dialled to `peer`.
    NodeChannel dialled(SocketChannel socket, NodeId peer);

    /// For a connection that one of `peers` should have dialled.
    NodeChannel accepted(SocketChannel socket, Set<NodeId> peers);

    /// Ends what it began for them.
    void close();

    /// What `security` asks for.
    ///
    /// @param wake makes the thread that polls return, from any thread
    static NodeChannels of(NodePortSecurity security, Runnable wake) {
        return switch (security) {
            case NodePortSecurity.LoopbackOnly() -> new Plain();
            case NodePortSecurity.MutualTls(NodeTls tls) -> {
                ExecutorService computing = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("muster-handshakes").factory());
                yield new Tls(new TlsChannel.Node(tls, computing, wake), computing);
            }
        };
    }

    /// Without TLS.
    record Plain() implements NodeChannels {
        @Override
        public NodeChannel dialled(SocketChannel socket, NodeId peer) {
            return new PlainChannel(socket);
        }

        @Override
        public NodeChannel accepted(SocketChannel socket, Set<NodeId> peers) {
            return new PlainChannel(socket);
        }

        @Override
        public void close() {
            // There is nothing but the sockets, which are their connections'.
        }
    }

    /// With TLS.
    ///
    /// @param node what all of its connections share
    /// @param computing one thread for all of them: each has one task at a time, and there are few
    /// connections
    record Tls(TlsChannel.Node node, ExecutorService computing) implements NodeChannels {
        @Override
        public NodeChannel dialled(SocketChannel socket, NodeId peer) {
            return new TlsChannel(socket, node.tls().dialling().apply(peer.value()), node);
        }

        @Override
        public NodeChannel accepted(SocketChannel socket, Set<NodeId> peers) {
            Set<String> names = peers.stream().map(NodeId::value).collect(Collectors.toSet());
            return new TlsChannel(socket, node.tls().answering().apply(names), node);
        }

        @Override
        public void close() {
            computing.shutdownNow();
        }
    }
}
