package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.log.EngineException;
import io.muster.log.NodeId;
import io.muster.raft.Message;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a transport carries, and what it tells.
@Timeout(60)
final class TcpTransportTest implements TransportEnds, TransportContract {
    private final Map<NodeId, InetSocketAddress> addresses = new HashMap<>();
    private final List<End> open = new ArrayList<>();

    @Override
    public Map<NodeId, InetSocketAddress> addresses() {
        return addresses;
    }

    @Override
    public List<End> open() {
        return open;
    }

    @Override
    public Network network() {
        return asNetwork();
    }

    @Test
    void what_a_node_says_of_itself_anew_reaches_old_and_new_peers() {
        var first = start(N1, 1);
        var second = start(N2, 1);
        turnUntil(() -> first.isConnectedTo(N2) && second.isConnectedTo(N1));

        first.transport.say(Map.of("key", "k", "more", "m"));
        turnUntil(() -> second.transport.peer(N1).attributes().containsKey("more"));
        stop(second);
        var later = start(N2, 2);
        turnUntil(() -> later.isConnectedTo(N1) && first.isConnectedTo(N2));

        assertThat(later.transport.peer(N1).attributes()).containsEntry("more", "m");
        assertThat(later.transport.peer(N1).apiAddress()).isEqualTo("api-of-n1");
    }

    @Test
    void a_message_of_many_frames_arrives_whole() {
        var first = start(N1, 1);
        var second = start(N2, 1);
        turnUntil(() -> first.isConnectedTo(N2));

        first.transport.send(N2, append(5 << 20));
        first.transport.send(N2, new Message.Heartbeat(1, 7, 0));
        turnUntil(() -> second.heard.received.size() == 2);

        assertThat(second.heard.received).containsExactly(new Message.Heartbeat(1, 7, 0), append(5 << 20));
    }

    @Test
    void a_node_of_an_older_version_is_sent_nothing_that_it_does_not_know() {
        var first = start(N1, 1);
        var hello = new Hello(1, N2, 4, "api-of-n2", new TreeMap<>());
        var older = start(local(hello, CLUSTER, voter(N2), runs(1), SECRET));
        turnUntil(() -> first.isConnectedTo(N2));

        first.transport.send(N2, new Message.InstallWanted(1, 1, 10, 0));
        first.transport.send(N2, new Message.Heartbeat(1, 7, 0));
        turnUntil(() -> !older.heard.received.isEmpty());

        assertThat(older.heard.received).containsExactly(new Message.Heartbeat(1, 7, 0));
    }

    @Test
    void a_node_of_this_version_is_sent_what_installs_a_snapshot() {
        var first = start(N1, 1);
        var second = start(N2, 1);
        turnUntil(() -> first.isConnectedTo(N2));

        first.transport.send(N2, new Message.InstallWanted(1, 1, 10, 0));
        turnUntil(() -> !second.heard.received.isEmpty());

        assertThat(second.heard.received).containsExactly(new Message.InstallWanted(1, 1, 10, 0));
    }

    @Test
    void a_peer_that_stops_reading_holds_up_nobody_and_costs_no_more_than_its_queue() {
        var first = start(N1, 1);
        var stalled = start(N2, 1);
        turnUntil(() -> first.isConnectedTo(N2) && stalled.isConnectedTo(N1));
        first.heard.vanished.clear();
        open.remove(stalled);
        int appends = 3 * SendQueue.MAX_BULK_BYTES / (1 << 20);

        for (int i = 0; i < appends; i++) {
            first.transport.send(N2, append(1 << 20));
            first.transport.flush();
            first.transport.poll(0);
        }
        first.transport.send(N2, new Message.Heartbeat(1, 9, 0));
        open.add(stalled);
        turnUntil(() -> stalled.heard.received.contains(new Message.Heartbeat(1, 9, 0)));
        turnUntil(() -> stalled.heard.received.size() > 1);

        assertThat(first.heard.vanished).as("silence is no sign of death").doesNotContain(N2);
        assertThat(stalled.heard.received).as("what did not fit was dropped").hasSizeLessThan(appends);
    }

    @Test
    void a_peer_tells_who_it_is() {
        var first = start(N1, 1);
        start(N2, 1);
        turnUntil(() -> first.isConnectedTo(N2));

        var view = first.transport.peer(N2);

        assertThat(view.apiAddress()).isEqualTo("api-of-n2");
        assertThat(view.featureLevel()).isEqualTo(4);
        assertThat(view.attributes()).containsEntry("key", "k");
    }

    @Test
    void a_connection_that_closes_and_comes_back_is_not_reported_as_vanished() throws IOException {
        var first = start(N1, 1);
        var second = start(N2, 1);
        turnUntil(() -> first.isConnectedTo(N2) && second.isConnectedTo(N1));
        first.heard.vanished.clear();

        try (var sibling = dial(N2)) {
            greet(sibling, local(N1, CLUSTER, voter(N1), runs(1), SECRET));
            turnUntil(() -> !first.isConnectedTo(N2));
        }
        turnUntil(() -> first.isConnectedTo(N2));

        assertThat(first.heard.vanished).isEmpty();
    }

    @Test
    void anything_that_is_not_a_frame_closes_the_connection() throws IOException {
        var first = start(N1, 1);
        try (var noise = dial(N1)) {
            noise.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            noise.setSoTimeout(1);
            turnUntil(() -> isClosedByPeer(noise));
        }

        assertThat(first.heard.received).isEmpty();
    }

    private static boolean isClosedByPeer(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void a_clock_that_is_far_off_is_seen() {
        var first = start(N1, 1);
        var second = start(N2, CLUSTER, 1, new ShiftedClocks(5_000));
        turnUntil(() -> second.isConnectedTo(N1) && first.isConnectedTo(N2));

        second.transport.send(N1, new Message.Heartbeat(1, 1, 0));
        turnUntil(() -> !first.heard.received.isEmpty());

        assertThat(first.transport.peer(N2).clockSkewMillis()).isBetween(3_000L, 5_100L);
    }

    @Test
    void nodes_that_have_nothing_to_tell_each_other_know_each_others_clocks() {
        var first = start(N1, 1);
        var second = start(N2, CLUSTER, 1, new ShiftedClocks(5_000));
        turnUntil(() -> second.isConnectedTo(N1) && first.isConnectedTo(N2));

        turnUntil(() -> first.transport.peer(N2).wallOffsetMicros().isPresent());

        assertThat(first.transport.peer(N2).clockSkewMillis()).isBetween(3_000L, 5_100L);
    }

    @Test
    void a_port_that_is_taken_is_refused_in_one_sentence() {
        start(N1, 1);

        assertThatThrownBy(() -> start(N1, 1))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("cannot listen for other nodes on ")
                .hasMessageContaining("choose another port");
    }

    @Test
    void listening_off_loopback_is_refused_until_there_is_tls() {
        addresses.put(N1, new InetSocketAddress("0.0.0.0", 7_000));

        assertThatThrownBy(() -> start(N1, 1))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("without mutual TLS")
                .hasMessageContaining("use 127.0.0.1");
    }

    @Test
    void a_peer_off_loopback_is_refused_until_there_is_tls() {
        addresses.put(N2, new InetSocketAddress("192.0.2.1", 7_000));

        assertThatThrownBy(() -> start(N1, 1))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("cannot reach node n2 at /192.0.2.1:7000")
                .hasMessageContaining("without mutual TLS");
    }
}
