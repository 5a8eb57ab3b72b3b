package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.ClusterId;
import io.muster.log.EngineReport.LinkState;
import io.muster.log.EngineReport.PeerLink;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a transport says of why a peer cannot be reached.
@Timeout(60)
final class LinkStateTest implements TransportEnds {
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
    void a_link_that_is_open_has_no_reason_and_was_heard() {
        var first = start(N1, 1);
        start(N2, 1);

        var link = await(first, N2, LinkState.OPEN);
        turnUntil(() -> first.transport.link(N2).heardNanos().isPresent());

        assertThat(link.reason()).isEmpty();
    }

    @Test
    void nobody_at_the_address_is_refused() {
        var first = start(N1, 1);

        var link = await(first, N2, LinkState.REFUSED);

        assertThat(link.reason()).isEqualTo("connection refused");
        assertThat(link.heardNanos()).isEmpty();
    }

    @Test
    void a_node_of_another_cluster_is_told_as_such() {
        var first = start(N1, 1);
        start(N2, new ClusterId(8, 9), 1, new SystemClocks());

        assertThat(await(first, N2, LinkState.WRONG_CLUSTER).reason()).contains("is not this node's cluster");
    }

    @Test
    void a_node_with_another_secret_is_told_as_such_on_both_sides() {
        var first = start(N1, 1);
        var other = new ClusterSecret("another secret of a cluster".getBytes(StandardCharsets.US_ASCII));
        var stranger = start(local(N2, CLUSTER, voter(N2), runs(1), other));

        assertThat(await(first, N2, LinkState.WRONG_SECRET).reason()).contains("cluster.secretFile");
        await(stranger, N1, LinkState.WRONG_SECRET);
    }

    @Test
    void a_voter_that_lost_its_folder_is_another_to_its_peer_also_once_it_has_ended() {
        var first = start(N1, 1);
        var emptied = start(local(N2, CLUSTER, new VoterId(7, 7), runs(1), SECRET));

        await(first, N2, LinkState.WRONG_IDENTITY);
        await(emptied, N1, LinkState.REFUSES_THIS_NODE);
        stop(emptied);
        turn(50);

        assertThat(first.transport.link(N2).state()).isEqualTo(LinkState.WRONG_IDENTITY);
        assertThat(first.transport.link(N2).reason()).contains("its folder was lost");
    }

    @Test
    void a_voter_that_comes_back_with_its_own_folder_is_forgiven() {
        var first = start(N1, 1);
        var emptied = start(local(N2, CLUSTER, new VoterId(7, 7), runs(1), SECRET));
        await(first, N2, LinkState.WRONG_IDENTITY);
        stop(emptied);

        var own = start(N2, 1);
        await(first, N2, LinkState.OPEN);
        stop(own);
        turnUntil(() -> !first.isConnectedTo(N2));

        assertThat(first.transport.link(N2).state()).isNotEqualTo(LinkState.WRONG_IDENTITY);
    }

    private PeerLink await(End end, NodeId peer, LinkState state) {
        turnUntil(() -> end.transport.link(peer).state() == state);
        return end.transport.link(peer);
    }
}
