package io.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.encoding.Bytes;
import io.muster.log.Outcome;
import io.muster.values.ValueCommand;
import io.muster.values.ValueReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Any node may be asked; what belongs into the log reaches the leader.
final class ForwardingTest {
    private static final String WRITE = "{}";
    private static final String NOT_VALID = "[]";

    @AutoClose
    private final ServedNode leader = ServedNode.of(FakeNode.named("node-1"), ForwardingTest::endpoints);

    @AutoClose
    private final ServedNode follower = ServedNode.of(FakeNode.named("node-2"), ForwardingTest::endpoints);

    private final Client asker = follower.client(Role.OPERATOR);

    @BeforeEach
    void start() {
        leader.node.with("node-2", follower.address());
        follower.node.with("node-1", leader.address());
        leader.node.led("node-1", 3);
        follower.node.led("node-1", 3);
        leader.node.grant(Role.OPERATOR, "");
    }

    @Test
    void a_write_at_a_follower_is_answered_by_the_leader() throws Exception {
        var answer = asker.post("/write", WRITE);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().allValues("X-Muster-Node")).containsExactly("node-1");
        assertThat(answer.headers().firstValue("Location")).isPresent();
        assertThat(answer.headers().firstValue("X-Muster-Leader-Address"))
                .contains(leader.address().toString());
        assertThat(leader.node.proposed()).hasSize(1);
        assertThat(leader.node.proposed().getFirst().principal()).isEqualTo("OPERATOR");
        assertThat(follower.node.proposed()).isEmpty();
    }

    @Test
    void the_idempotency_key_goes_with_it() throws Exception {
        asker.with("Idempotency-Key", "k-1").post("/write", WRITE);

        assertThat(leader.node.proposed().getFirst().idempotencyKey()).isEqualTo("k-1");
    }

    @Test
    void the_leaders_refusal_comes_back_as_it_is() throws Exception {
        var answer = asker.post("/write", NOT_VALID);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Client.problem(answer).type()).isEqualTo("/problems/invalid");
    }

    @Test
    void two_nodes_that_take_each_other_for_the_leader_refuse_a_write() throws Exception {
        try (var impatient = ServedNode.impatient(FakeNode.named("node-3"), ForwardingTest::endpoints)) {
            impatient.node.with("node-1", leader.address());
            impatient.node.led("node-1", 3);
            leader.node.with("node-3", impatient.address());
            leader.node.led("node-3", 4);

            var answer = impatient.client(Role.OPERATOR).post("/write", WRITE);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Client.problem(answer).type()).isEqualTo("/problems/no-leader");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void a_write_waits_for_an_election_instead_of_failing() throws Exception {
        follower.node.leaderless(4);
        leader.node.leaderless(4);

        var answer = CompletableFuture.supplyAsync(() -> {
            try {
                return asker.post("/write", WRITE);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        leader.node.led("node-1", 5);
        follower.node.led("node-1", 5);

        assertThat(answer.join().statusCode()).isEqualTo(201);
    }

    @Test
    void a_minority_refuses_writes_and_says_why() throws Exception {
        try (var impatient = ServedNode.impatient(FakeNode.named("node-3"), ForwardingTest::endpoints)) {
            impatient.node.leaderless(4);

            var answer = impatient.client(Role.OPERATOR).post("/write", WRITE);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Client.problem(answer).detail()).contains("no leader answered", "nothing was written");
        }
    }

    @Test
    void a_caller_that_says_how_long_it_waits_hears_in_time_that_nothing_was_written() throws Exception {
        follower.node.leaderless(4);

        var answer = asker.with("Prefer", "wait=0").post("/write", WRITE);

        assertThat(Client.problem(answer).detail())
                .contains("no leader answered within 0 ms")
                .contains("nothing was written");
    }

    /// The limit is below the 10 s after which an answer counts as lost: nobody waits for that here.
    @Test
    @Timeout(9)
    void a_submit_on_its_way_to_a_frozen_leader_is_repeated_as_soon_as_another_leads() throws Exception {
        try (var frozen = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            follower.node.with("node-3", URI.create("http://127.0.0.1:" + frozen.getLocalPort()));
            follower.node.led("node-3", 4);
            Thread.ofVirtual().start(() -> takeAndElect(frozen));

            var answer = asker.with("Idempotency-Key", "k-1")
                    .with("Prefer", "wait=0")
                    .post("/write", WRITE);

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(leader.node.proposed()).hasSize(1);
        }
    }

    @Test
    @Timeout(9)
    void a_write_without_a_key_is_called_unknown_as_soon_as_another_leads() throws Exception {
        try (var frozen = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            follower.node.with("node-3", URI.create("http://127.0.0.1:" + frozen.getLocalPort()));
            follower.node.led("node-3", 4);
            Thread.ofVirtual().start(() -> takeAndElect(frozen));

            var answer = asker.post("/write", WRITE);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Client.problem(answer).type()).isEqualTo("/problems/unknown-outcome");
            assertThat(leader.node.proposed()).isEmpty();
        }
    }

    /// Takes a connection, never answers, and lets the others elect.
    private void takeAndElect(ServerSocket frozen) {
        try {
            var held = frozen.accept();
            leader.node.led("node-1", 5);
            follower.node.led("node-1", 5);
            held.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_leader_that_loses_its_term_before_appending_passes_the_write_on() throws Exception {
        follower.node.led("node-2", 4);
        follower.node.fate(() -> {
            follower.node.led("node-1", 5);
            return new Outcome.NotLeader(new Outcome.Hint.Nobody());
        });

        assertThat(asker.post("/write", WRITE).statusCode()).isEqualTo(201);
    }

    @Test
    void an_answer_lost_on_the_way_from_the_leader_is_an_unknown_outcome() throws Exception {
        try (var broken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            follower.node.with("node-3", URI.create("http://127.0.0.1:" + broken.getLocalPort()));
            follower.node.led("node-3", 4);
            Thread.ofVirtual().start(() -> takeAndHangUp(broken));

            var answer = asker.post("/write", WRITE);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Client.problem(answer).type()).isEqualTo("/problems/unknown-outcome");
        }
    }

    private static void takeAndHangUp(ServerSocket broken) {
        try (var socket = broken.accept()) {
            socket.getInputStream().readNBytes(100);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// A write that refuses one body and puts a value into the log for every other.
    private static List<Endpoint> endpoints(NodePort node, Commands commands, Reads reads, PeerFanout fanout) {
        return List.of(Route.post("/write", Access.OPERATE).to(ctx -> {
            if (ctx.body().equals(NOT_VALID)) {
                throw Refusal.of(ProblemType.INVALID, "nothing is in it").refused();
            }
            commands.carryOut(ctx, new ValueCommand.Set("x", Bytes.utf8("1")), ValueReply.class);
            ctx.status(201).header("Location", "/somewhere");
        }));
    }
}
