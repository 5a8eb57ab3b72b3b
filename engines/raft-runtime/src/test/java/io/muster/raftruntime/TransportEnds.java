package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.TimedOut;
import io.muster.log.ClusterId;
import io.muster.log.FreePorts;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import io.muster.raft.FoundingStatus;
import io.muster.raft.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Two nodes over real sockets on loopback, both turned by the test's own thread.
interface TransportEnds {
    ClusterId CLUSTER = new ClusterId(1, 2);
    ClusterSecret SECRET = new ClusterSecret("a secret of this cluster".getBytes(StandardCharsets.US_ASCII));
    NodeId N1 = new NodeId("n1");
    NodeId N2 = new NodeId("n2");

    /// Where the nodes listen.
    Map<NodeId, InetSocketAddress> addresses();

    /// The nodes that run.
    List<End> open();

    /// What protects the connections of `node`.
    default NodePortSecurity security(NodeId node) {
        return new NodePortSecurity.LoopbackOnly();
    }

    /// One node's end, with everything it was told.
    class End implements TcpTransport.Greetings {
        final TcpTransport transport;
        final TransportContract.Heard heard;
        final List<Incarnation> met = new ArrayList<>();
        final List<String> refusals = new ArrayList<>();

        End(TcpTransport transport, TransportContract.Heard heard) {
            this.transport = transport;
            this.heard = heard;
            transport.listen(heard);
            transport.listenToGreetings(this);
        }

        @Override
        public void introduced(NodeId peer, FoundingStatus foundingStatus) {
            assertThat(foundingStatus.isFounded()).isTrue();
        }

        @Override
        public void met(NodeId peer, Incarnation incarnation) {
            met.add(incarnation);
        }

        @Override
        public void left(NodeId peer) {
            met.add(Incarnation.NOBODY);
        }

        @Override
        public void refusedForGood(NodeId peer, HandshakeRefusal refusal) {
            refusals.add(refusal.reason());
        }

        boolean isConnectedTo(NodeId peer) {
            return transport.peer(peer).isConnected();
        }
    }

    /// Wall clocks that a test sets apart from each other.
    record ShiftedClocks(long shiftMillis) implements Clocks {
        @Override
        public long nanos() {
            return new SystemClocks().nanos();
        }

        @Override
        public long wallMicros() {
            return new SystemClocks().wallMicros() + shiftMillis * 1_000;
        }
    }

    @BeforeEach
    default void choosePorts() {
        for (NodeId node : List.of(N1, N2)) {
            addresses().put(node, new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()));
        }
    }

    @AfterEach
    default void closeAll() {
        open().forEach(end -> end.transport.close());
    }

    default VoterId voter(NodeId node) {
        return new VoterId(node.hashCode(), 1);
    }

    default LocalIdentity local(
            NodeId node, ClusterId cluster, VoterId identity, List<Long> runs, ClusterSecret secret) {
        var hello = Hello.of(node, 4, "api-of-" + node, Map.of("key", "k"));
        return local(hello, cluster, identity, runs, secret);
    }

    default LocalIdentity local(
            Hello hello, ClusterId cluster, VoterId identity, List<Long> runs, ClusterSecret secret) {
        var founders = new TreeMap<NodeId, VoterId>();
        founders.put(N1, voter(N1));
        founders.put(N2, voter(N2));
        var introduction = new Introduction(hello, new FoundingStatus(identity, founders, true), runs);
        return new LocalIdentity(new Frame.Sender(0, cluster, runs.size()), introduction, secret);
    }

    default End start(LocalIdentity own, Clocks clocks, Map<NodeId, Incarnation> known, TransportContract.Heard heard) {
        var peers = new HashMap<>(addresses());
        InetSocketAddress listen = address(own.self());
        peers.remove(own.self());
        var network = new TcpTransport.Network(listen, peers, security(own.self()));
        var end = new End(TcpTransport.open(network, known, own, clocks), heard);
        open().add(end);
        return end;
    }

    default End start(LocalIdentity own, Clocks clocks, Map<NodeId, Incarnation> known) {
        return start(own, clocks, known, new TransportContract.Heard());
    }

    default End start(LocalIdentity own, TransportContract.Heard heard) {
        return start(own, new SystemClocks(), Map.of(), heard);
    }

    default End start(LocalIdentity local) {
        return start(local, new SystemClocks(), Map.of());
    }

    default End start(NodeId node, ClusterId cluster, long incarnation, Clocks clocks) {
        return start(local(node, cluster, voter(node), runs(incarnation), SECRET), clocks, Map.of());
    }

    default End start(NodeId node, long incarnation) {
        return start(node, CLUSTER, incarnation, new SystemClocks());
    }

    /// What one folder drew in its first incarnations.
    default List<Long> runs(long incarnation) {
        return LongStream.rangeClosed(1, incarnation)
                .map(run -> 1_000 + run)
                .boxed()
                .toList();
    }

    /// Every node hands to the network what it sent, and takes in what arrived.
    default void turn() {
        for (End end : List.copyOf(open())) {
            end.transport.flush();
            end.transport.poll(1);
        }
    }

    default void turn(int times) {
        for (int i = 0; i < times; i++) {
            turn();
        }
    }

    default void stop(End end) {
        open().remove(end);
        end.transport.close();
    }

    /// Turns all nodes until `condition` holds; the class's timeout bounds it.
    default void turnUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            TimedOut.check();
            turn();
        }
    }

    /// The two nodes as the contract of all transports turns them.
    default TransportContract.Network asNetwork() {
        var ends = new HashMap<NodeId, End>();
        return new TransportContract.Network() {
            @Override
            public Transport start(NodeId node, long incarnation, TransportContract.Heard heard) {
                var own = local(node, CLUSTER, voter(node), runs(incarnation), SECRET);
                var end = TransportEnds.this.start(own, heard);
                ends.put(node, end);
                return end.transport;
            }

            @Override
            public void stop(NodeId node) {
                TransportEnds.this.stop(Objects.requireNonNull(ends.remove(node), "it runs"));
            }

            @Override
            public void turn() {
                TransportEnds.this.turn();
            }

            @Override
            public void close() {
                List.copyOf(ends.keySet()).forEach(this::stop);
            }
        };
    }

    default InetSocketAddress address(NodeId node) {
        return Objects.requireNonNull(addresses().get(node), "a node of this test");
    }

    default Socket dial(NodeId node) throws IOException {
        return new Socket(address(node).getAddress(), address(node).getPort());
    }

    default Message append(int bytes) {
        var batch =
                Batch.seal(new Batch.Head(1, 1, 1, BatchKind.COMMANDS, new LogTime(1, 1)), Bytes.wrap(new byte[bytes]));
        return new Message.Append(1, 1, 0, 0, List.of(batch), 0);
    }

    /// Says hello as a node would, and answers the bytes that were sent.
    default byte[] greet(Socket socket, LocalIdentity as) throws IOException {
        Bytes challenge = challenge(socket);
        Bytes drawn = Nonces.draw();
        Bytes sealed = as.sealed(
                ClusterSecret.Side.DIALLER,
                new Nonces(challenge, drawn),
                FrameType.HELLO,
                as.introduction().encode());
        byte[] payload =
                new BinaryWriter().raw(drawn.array()).raw(sealed.array()).toBytes();
        byte[] frame = as.frame(FrameType.HELLO, Bytes.wrap(payload), 0).array();
        socket.getOutputStream().write(frame);
        return frame;
    }

    default Bytes challenge(Socket socket) throws IOException {
        byte[] frame = new byte[Frame.OVERHEAD + Nonces.BYTES];
        turnUntil(() -> available(socket) >= frame.length);
        socket.getInputStream().readNBytes(frame, 0, frame.length);
        return Objects.requireNonNull(Frame.read(ByteBuffer.wrap(frame)), "a whole frame")
                .payload();
    }

    default int available(Socket socket) {
        try {
            return socket.getInputStream().available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
