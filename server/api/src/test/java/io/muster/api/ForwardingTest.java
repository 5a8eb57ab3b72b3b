package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.ClusterDocument;
import io.muster.client.NodeDocument;
import io.muster.encoding.Bytes;
import io.muster.http.Client;
import io.muster.log.Outcome;
import io.muster.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Any node may be asked; what belongs into the log reaches the leader.
final class ForwardingTest {
    private static final String NOOP = "{\"type\":\"noop\"}";
    private static final Map<String, String> SAID = Map.of("votedFor", "node-1", "votes", "2");

    @AutoClose
    private final Node leader = Node.started("node-1");

    @AutoClose
    private final Node follower = Node.started("node-2");

    private final Client asker =
            follower.stranger().with("Authorization", "Bearer " + leader.cluster.grant(Role.OPERATOR, ""));

    @BeforeEach
    void start() {
        leader.cluster.with("node-2", follower.address());
        follower.cluster.with("node-1", leader.address());
        leader.cluster.led("node-1", 3);
        follower.cluster.led("node-1", 3);
        follower.cluster.grant(Role.OPERATOR, "");
    }

    @Test
    void a_write_at_a_follower_is_answered_by_the_leader() throws Exception {
        var answer = asker.post("/v1/jobs", NOOP);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().allValues("X-Muster-Node")).containsExactly("node-1");
        assertThat(answer.headers().firstValue("Location")).isPresent();
        assertThat(answer.headers().firstValue("X-Muster-Leader-Address"))
                .contains(leader.address().toString());
        assertThat(leader.cluster.proposed()).hasSize(1);
        assertThat(leader.cluster.proposed().getFirst().principal()).isEqualTo("OPERATOR1");
        assertThat(follower.cluster.proposed()).isEmpty();
    }

    @Test
    void the_idempotency_key_goes_with_it() throws Exception {
        asker.with("Idempotency-Key", "k-1").post("/v1/jobs", NOOP);

        assertThat(leader.cluster.proposed().getFirst().idempotencyKey()).isEqualTo("k-1");
    }

    @Test
    void the_leaders_refusal_comes_back_as_it_is() throws Exception {
        var answer = asker.post("/v1/jobs", "{\"type\":\"NOT A NAME\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Node.problem(answer).type()).isEqualTo("/problems/invalid");
    }

    @Test
    void two_nodes_that_take_each_other_for_the_leader_refuse_a_write() throws Exception {
        try (var impatient = Node.started("node-3", Node.IMPATIENT)) {
            impatient.cluster.with("node-1", leader.address());
            impatient.cluster.led("node-1", 3);
            leader.cluster.with("node-3", impatient.address());
            leader.cluster.led("node-3", 4);

            var answer = impatient.client(Role.OPERATOR).post("/v1/jobs", NOOP);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Node.problem(answer).type()).isEqualTo("/problems/no-leader");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void a_write_waits_for_an_election_instead_of_failing() throws Exception {
        follower.cluster.leaderless(4);
        leader.cluster.leaderless(4);

        var answer = CompletableFuture.supplyAsync(() -> {
            try {
                return asker.post("/v1/jobs", NOOP);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        leader.cluster.led("node-1", 5);
        follower.cluster.led("node-1", 5);

        assertThat(answer.join().statusCode()).isEqualTo(201);
    }

    @Test
    void a_minority_refuses_writes_and_says_why() throws Exception {
        try (var impatient = Node.started("node-3", Node.IMPATIENT)) {
            impatient.cluster.leaderless(4);

            var answer = impatient.client(Role.OPERATOR).post("/v1/jobs", NOOP);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Node.problem(answer).detail()).contains("no leader answered", "nothing was written");
        }
    }

    @Test
    void a_caller_that_says_how_long_it_waits_hears_in_time_that_nothing_was_written() throws Exception {
        follower.cluster.leaderless(4);

        var answer = asker.with("Prefer", "wait=0").post("/v1/jobs", NOOP);

        assertThat(Node.problem(answer).detail())
                .contains("no leader answered within 0 ms")
                .contains("nothing was written");
    }

    /// The limit is below the 10 s after which an answer counts as lost: nobody waits for that here.
    @Test
    @Timeout(9)
    void a_submit_on_its_way_to_a_frozen_leader_is_repeated_as_soon_as_another_leads() throws Exception {
        try (var frozen = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            follower.cluster.with("node-3", URI.create("http://127.0.0.1:" + frozen.getLocalPort()));
            follower.cluster.led("node-3", 4);
            Thread.ofVirtual().start(() -> takeAndElect(frozen));

            var answer = asker.with("Idempotency-Key", "k-1")
                    .with("Prefer", "wait=0")
                    .post("/v1/jobs", NOOP);

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(leader.cluster.proposed()).hasSize(1);
        }
    }

    @Test
    @Timeout(9)
    void a_write_without_a_key_is_called_unknown_as_soon_as_another_leads() throws Exception {
        try (var frozen = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            follower.cluster.with("node-3", URI.create("http://127.0.0.1:" + frozen.getLocalPort()));
            follower.cluster.led("node-3", 4);
            Thread.ofVirtual().start(() -> takeAndElect(frozen));

            var answer = asker.post("/v1/jobs", NOOP);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Node.problem(answer).type()).isEqualTo("/problems/unknown-outcome");
            assertThat(leader.cluster.proposed()).isEmpty();
        }
    }

    /// Takes a connection, never answers, and lets the others elect.
    private void takeAndElect(ServerSocket frozen) {
        try {
            var held = frozen.accept();
            leader.cluster.led("node-1", 5);
            follower.cluster.led("node-1", 5);
            held.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_leader_that_loses_its_term_before_appending_passes_the_write_on() throws Exception {
        follower.cluster.led("node-2", 4);
        follower.cluster.fate(_ -> {
            follower.cluster.led("node-1", 5);
            return CompletableFuture.completedFuture(new Outcome.NotLeader(new Outcome.Hint.Nobody()));
        });

        assertThat(asker.post("/v1/jobs", NOOP).statusCode()).isEqualTo(201);
    }

    @Test
    void an_answer_lost_on_the_way_from_the_leader_is_an_unknown_outcome() throws Exception {
        try (var broken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            follower.cluster.with("node-3", URI.create("http://127.0.0.1:" + broken.getLocalPort()));
            follower.cluster.led("node-3", 4);
            Thread.ofVirtual().start(() -> takeAndHangUp(broken));

            var answer = asker.post("/v1/jobs", NOOP);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Node.problem(answer).type()).isEqualTo("/problems/unknown-outcome");
        }
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

    private static void takeAndHangUp(ServerSocket broken) {
        try (var socket = broken.accept()) {
            socket.getInputStream().readNBytes(100);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
