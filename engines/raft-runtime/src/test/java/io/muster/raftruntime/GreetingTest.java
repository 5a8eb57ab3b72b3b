package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.muster.log.ClusterId;
import io.muster.log.FreePorts;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whom a transport takes for a node, and whom it refuses.
@Timeout(60)
final class GreetingTest implements TransportEnds {
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

    @Test
    void a_wait_in_vain_ends_when_the_test_is_interrupted() {
        start(N1, 1);
        Thread.currentThread().interrupt();

        var ended = catchThrowable(() -> turnUntil(() -> false));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).hasMessageContaining("interrupted while it waited");
    }

    @Test
    void a_node_that_does_not_know_the_secret_is_refused() {
        var first = start(N1, 1);
        var other = new ClusterSecret("another secret of a cluster".getBytes(StandardCharsets.US_ASCII));
        var stranger = start(local(N2, CLUSTER, voter(N2), runs(1), other));

        turnUntil(() -> first.transport.rejectedConnections() > 0 && stranger.transport.rejectedConnections() > 0);

        assertThat(first.isConnectedTo(N2)).isFalse();
        assertThat(stranger.isConnectedTo(N1)).isFalse();
        assertThat(first.refusals).isEmpty();
        assertThat(stranger.refusals)
                .as("the word of one that is no node ends nobody")
                .isEmpty();
    }

    @Test
    void a_greeting_that_was_overheard_is_worth_nothing() throws IOException {
        var first = start(N1, 1);
        byte[] overheard;
        try (var node = dial(N1)) {
            overheard = greet(node, local(N2, CLUSTER, voter(N2), runs(1), SECRET));
            turnUntil(() -> !first.met.isEmpty());
        }
        first.met.clear();

        try (var thief = dial(N1)) {
            challenge(thief);
            thief.getOutputStream().write(overheard);
            turnUntil(() -> first.transport.rejectedConnections() > 0);
        }

        assertThat(first.met).isEmpty();
    }

    @Test
    void a_voter_that_lost_its_folder_is_refused_and_told_so() {
        var first = start(N1, 1);
        var emptied = start(local(N2, CLUSTER, new VoterId(7, 7), runs(1), SECRET));

        turnUntil(() -> !emptied.refusals.isEmpty());

        assertThat(emptied.refusals.getFirst())
                .contains("n2 takes part as voter " + voter(N2))
                .contains("its folder was lost");
        assertThat(first.isConnectedTo(N2)).isFalse();
        assertThat(first.met).isEmpty();
    }

    @Test
    void a_copy_of_a_folder_beside_its_original_is_refused_and_the_original_stays() {
        var first = start(N1, 1);
        var original = start(N2, 2);
        turnUntil(() -> first.isConnectedTo(N2) && original.isConnectedTo(N1));
        InetSocketAddress kept = address(N2);
        addresses.put(N2, new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()));
        var copy = start(local(N2, CLUSTER, voter(N2), List.of(1_001L, 77L), SECRET));
        addresses.put(N2, kept);

        turnUntil(() -> !copy.refusals.isEmpty());

        assertThat(copy.refusals.getFirst()).contains("another process of n2 has been met here, on a copy");
        assertThat(first.isConnectedTo(N2)).isTrue();
        assertThat(original.isConnectedTo(N1)).isTrue();
        assertThat(original.refusals).isEmpty();
    }

    @Test
    void a_copy_is_known_by_its_past_however_often_it_starts() {
        start(
                local(N1, CLUSTER, voter(N1), runs(1), SECRET),
                new SystemClocks(),
                Map.of(N2, new Incarnation(2, 1_002)));
        var copy = start(local(N2, CLUSTER, voter(N2), List.of(1_001L, 77L, 78L, 79L), SECRET));

        turnUntil(() -> !copy.refusals.isEmpty());

        assertThat(copy.refusals.getFirst()).contains("on a copy of this folder");
    }

    @Test
    void an_older_copy_is_refused_by_a_peer_that_has_restarted_since() {
        var first = start(
                local(N1, CLUSTER, voter(N1), runs(1), SECRET),
                new SystemClocks(),
                Map.of(N2, new Incarnation(4, 1_004)));
        var old = start(N2, 3);

        turnUntil(() -> !old.refusals.isEmpty());

        assertThat(old.refusals.getFirst()).contains("a later process of n2 is known here (its start 4, not 3)");
        assertThat(first.met).isEmpty();
    }

    @Test
    void a_node_that_started_often_while_its_peer_was_away_is_welcome() {
        var first = start(
                local(N1, CLUSTER, voter(N1), runs(1), SECRET),
                new SystemClocks(),
                Map.of(N2, new Incarnation(2, 1_002)));
        start(N2, 9);

        turnUntil(() -> first.isConnectedTo(N2));

        assertThat(first.met).containsExactly(new Incarnation(9, 1_009));
    }

    @Test
    void a_process_that_has_been_replaced_is_refused() {
        var first = start(N1, 1);
        var second = start(N2, 2);
        turnUntil(() -> first.isConnectedTo(N2));
        stop(second);
        turnUntil(() -> !first.isConnectedTo(N2));

        var outdated = start(N2, 1);
        turn(50);

        assertThat(first.isConnectedTo(N2)).isFalse();
        assertThat(outdated.isConnectedTo(N1)).isFalse();
    }

    @Test
    void another_cluster_is_refused() {
        var first = start(N1, 1);
        var stranger = start(N2, new ClusterId(8, 9), 1, new SystemClocks());
        turn(50);

        assertThat(first.isConnectedTo(N2)).isFalse();
        assertThat(stranger.isConnectedTo(N1)).isFalse();
    }
}
