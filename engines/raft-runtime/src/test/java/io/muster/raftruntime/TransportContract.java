package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.TimedOut;
import io.muster.log.NodeId;
import io.muster.raft.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every transport promises to the loop.
@Timeout(60)
public interface TransportContract {
    NodeId ONE = new NodeId("n1");
    NodeId TWO = new NodeId("n2");

    /// A network for [#ONE] and [#TWO] on which no node runs yet.
    Network network();

    /// The network under test, turned by the test's own thread.
    interface Network extends AutoCloseable {
        /// Starts the process of `node` that is its `incarnation`-th; what its transport tells goes to `heard`.
        Transport start(NodeId node, long incarnation, Heard heard);

        /// Ends the process of `node`.
        void stop(NodeId node);

        /// Lets a little time pass: what was sent is handed to the network, and what arrived is told.
        void turn();

        @Override
        void close();
    }

    /// What one transport has told.
    final class Heard implements Transport.Listener {
        final List<Message> received = new ArrayList<>();
        final List<NodeId> senders = new ArrayList<>();
        final List<NodeId> connected = new ArrayList<>();
        final List<NodeId> vanished = new ArrayList<>();

        @Override
        public void received(NodeId from, Message message) {
            senders.add(from);
            received.add(message);
        }

        @Override
        public void connected(NodeId peer) {
            connected.add(peer);
        }

        @Override
        public void vanished(NodeId peer) {
            vanished.add(peer);
        }
    }

    private static void turnUntil(Network network, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            TimedOut.check();
            network.turn();
        }
    }

    private static Message beat(long round) {
        return new Message.Heartbeat(1, round, 0);
    }

    @Test
    default void a_message_arrives_as_it_was_sent_from_the_node_that_sent_it() {
        var heardByOne = new Heard();
        var heardByTwo = new Heard();
        try (var network = network()) {
            var one = network.start(ONE, 1, heardByOne);
            var two = network.start(TWO, 1, heardByTwo);
            turnUntil(network, () -> !heardByOne.connected.isEmpty() && !heardByTwo.connected.isEmpty());
            network.turn();

            one.send(TWO, beat(7));
            two.send(ONE, new Message.HeartbeatReply(1, 8));
            turnUntil(network, () -> !heardByOne.received.isEmpty() && !heardByTwo.received.isEmpty());
        }

        assertThat(heardByTwo.received).containsExactly(beat(7));
        assertThat(heardByTwo.senders).containsExactly(ONE);
        assertThat(heardByOne.received).containsExactly(new Message.HeartbeatReply(1, 8));
        assertThat(heardByOne.senders).containsExactly(TWO);
    }

    @Test
    default void a_link_that_opens_is_told_once() {
        var heard = new Heard();
        try (var network = network()) {
            network.start(ONE, 1, heard);
            network.start(TWO, 1, new Heard());
            turnUntil(network, () -> !heard.connected.isEmpty());
            for (int i = 0; i < 20; i++) {
                network.turn();
            }
        }

        assertThat(heard.connected).containsExactly(TWO);
    }

    @Test
    default void a_restarted_peer_is_told_as_connected_again() {
        var heard = new Heard();
        try (var network = network()) {
            network.start(ONE, 1, heard);
            network.start(TWO, 1, new Heard());
            turnUntil(network, () -> !heard.connected.isEmpty());
            network.stop(TWO);
            turnUntil(network, () -> !heard.vanished.isEmpty());

            network.start(TWO, 2, new Heard());
            turnUntil(network, () -> heard.connected.size() > 1);
        }

        assertThat(heard.connected).containsExactly(TWO, TWO);
    }

    @Test
    default void a_process_that_is_gone_is_told_as_vanished() {
        var heard = new Heard();
        try (var network = network()) {
            network.start(ONE, 1, heard);
            network.start(TWO, 1, new Heard());
            turnUntil(network, () -> !heard.connected.isEmpty());
            heard.vanished.clear();

            network.stop(TWO);
            turnUntil(network, () -> !heard.vanished.isEmpty());
        }

        assertThat(heard.vanished).contains(TWO);
    }

    @Test
    default void what_is_sent_before_the_link_opens_is_dropped() {
        var heardByOne = new Heard();
        var heardByTwo = new Heard();
        try (var network = network()) {
            var one = network.start(ONE, 1, heardByOne);
            one.send(TWO, beat(1));
            network.start(TWO, 1, heardByTwo);
            one.send(TWO, beat(2));
            turnUntil(network, () -> !heardByOne.connected.isEmpty());
            network.turn();

            one.send(TWO, beat(3));
            turnUntil(network, () -> !heardByTwo.received.isEmpty());
        }

        assertThat(heardByTwo.received).containsExactly(beat(3));
    }

    @Test
    default void what_was_sent_to_a_process_does_not_reach_the_next_one() {
        var heardByOne = new Heard();
        var heardByTwo = new Heard();
        try (var network = network()) {
            var one = network.start(ONE, 1, heardByOne);
            network.start(TWO, 1, new Heard());
            turnUntil(network, () -> !heardByOne.connected.isEmpty());
            network.turn();
            one.send(TWO, beat(1));
            network.stop(TWO);
            network.start(TWO, 2, heardByTwo);
            turnUntil(network, () -> heardByOne.connected.size() > 1);
            network.turn();

            one.send(TWO, beat(2));
            turnUntil(network, () -> !heardByTwo.received.isEmpty());
        }

        assertThat(heardByTwo.received).containsExactly(beat(2));
    }

    @Test
    default void nothing_is_told_within_a_call() {
        var heardByOne = new Heard();
        var heardByTwo = new Heard();
        try (var network = network()) {
            var one = network.start(ONE, 1, heardByOne);
            var two = network.start(TWO, 1, heardByTwo);
            one.flush();
            two.flush();
            assertThat(heardByOne.connected).isEmpty();
            turnUntil(network, () -> !heardByOne.connected.isEmpty());
            network.turn();

            one.send(TWO, beat(1));
            one.flush();
            two.flush();
        }

        assertThat(heardByTwo.received).isEmpty();
    }

    @Test
    default void a_message_to_a_node_that_is_no_peer_is_dropped() {
        var heard = new Heard();
        try (var network = network()) {
            var one = network.start(ONE, 1, heard);

            one.send(new NodeId("n9"), beat(1));
            network.turn();
        }

        assertThat(heard.received).isEmpty();
    }

    @Test
    default void a_peer_is_shown_as_connected_until_it_is_gone() {
        var heard = new Heard();
        try (var network = network()) {
            var one = network.start(ONE, 1, heard);
            assertThat(one.peer(TWO).isConnected()).isFalse();
            network.start(TWO, 1, new Heard());
            turnUntil(network, () -> !heard.connected.isEmpty());
            assertThat(one.peer(TWO).isConnected()).isTrue();

            heard.vanished.clear();
            network.stop(TWO);
            turnUntil(network, () -> !heard.vanished.isEmpty());

            assertThat(one.peer(TWO).isConnected()).isFalse();
        }
    }

    @Test
    default void nodes_that_are_silent_know_each_others_clocks() {
        var heard = new Heard();
        try (var network = network()) {
            var one = network.start(ONE, 1, heard);
            var two = network.start(TWO, 1, new Heard());

            turnUntil(network, () -> one.peer(TWO).wallOffsetMicros().isPresent());
            turnUntil(network, () -> two.peer(ONE).wallOffsetMicros().isPresent());
        }

        assertThat(heard.received).isEmpty();
    }
}
