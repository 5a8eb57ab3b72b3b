package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.ClusterDocument;
import io.muster.client.NodeDocument;
import io.muster.encoding.Bytes;
import io.muster.http.Client;
import io.muster.wire.Json;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The page about all nodes, of which one is dead.
final class ClusterRoutesTest {
    private static final Map<String, String> SAID = Map.of("votedFor", "node-1", "votes", "2");

    @AutoClose
    private final Node leader = Node.started("node-1");

    @AutoClose
    private final Node follower = Node.started("node-2");

    private final Client asker = follower.client(Role.OPERATOR);

    @BeforeEach
    void start() {
        leader.cluster.grant(Role.OPERATOR, "");
        leader.cluster.with("node-2", follower.address());
        follower.cluster.with("node-1", leader.address());
        leader.cluster.led("node-1", 3);
        follower.cluster.led("node-1", 3);
    }

    @Test
    void a_page_about_all_nodes_comes_also_while_one_is_dead() throws Exception {
        follower.cluster.withDead("node-3");

        var answer = asker.get("/v1/cluster");

        var cluster = Json.read(Bytes.utf8(answer.body()), ClusterDocument.class);
        assertThat(cluster.nodes()).extracting(NodeDocument::node).containsExactly("node-1", "node-2", "node-3");
        assertThat(cluster.nodes()).extracting(NodeDocument::connected).containsExactly(true, true, false);
        assertThat(cluster.nodes()).extracting(NodeDocument::role).containsExactly("leader", "follower", "unknown");
        assertThat(cluster.leader()).isEqualTo("node-1");
    }

    @Test
    void each_node_shows_what_only_its_engine_says() throws Exception {
        follower.cluster.withDead("node-3");

        var answer = asker.get("/v1/cluster");

        var cluster = Json.read(Bytes.utf8(answer.body()), ClusterDocument.class);
        assertThat(cluster.nodes()).extracting(NodeDocument::details).containsExactly(SAID, SAID, null);
    }
}
