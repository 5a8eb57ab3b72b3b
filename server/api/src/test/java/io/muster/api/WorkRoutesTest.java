package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.access.Role;
import io.muster.client.JobDocument;
import io.muster.client.JobStatus;
import io.muster.client.SubmittedJob;
import io.muster.encoding.Bytes;
import io.muster.encoding.TimedOut;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeCodec;
import io.muster.exchange.ExchangeEnd;
import io.muster.exchange.ExchangeRefusal;
import io.muster.exchange.ExchangeReply;
import io.muster.exchange.ExchangeRequest;
import io.muster.exchange.HeldRun;
import io.muster.exchange.RunOutcome;
import io.muster.exchange.RunResult;
import io.muster.http.Client;
import io.muster.wire.Json;
import io.muster.wire.WireLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class WorkRoutesTest {
    @AutoClose
    private final Node node = Node.leading(1);

    private final String key = node.cluster.grant(Role.WORKER, "worker-a");
    private long sequence;

    @Test
    void a_worker_is_given_a_job_and_its_result_counts() throws Exception {
        exchange(request(List.of(), List.of()));
        String job = submit();

        var claim = ((ExchangeReply) exchange(request(List.of(), List.of())))
                .claims()
                .getFirst();
        var result = new RunResult(claim.id(), new RunOutcome.Succeeded(Bytes.utf8("{\"ok\":true}")));
        var reply = (ExchangeReply) exchange(request(List.of(), List.of(result)));

        assertThat(claim.id()).isEqualTo(new AttemptId(job, 1));
        assertThat(claim.fence()).isNotEmpty();
        assertThat(reply.acknowledged()).containsExactly(claim.id());
        var view = Json.read(
                Bytes.utf8(node.client(Role.VIEWER).get("/v1/jobs/" + job).body()), JobDocument.class);
        assertThat(view.state()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(view.worker()).isEqualTo("worker-a");
        assertThat(view.result()).isEqualTo(Bytes.utf8("{\"ok\":true}"));
    }

    @Test
    void what_a_run_saved_last_reaches_the_next_attempt_though_it_came_with_the_result() throws Exception {
        exchange(request(List.of(), List.of()));
        String job = submit();
        exchange(request(List.of(), List.of()));
        var saved = Bytes.utf8("{\"at\":9}");

        exchange(request(
                List.of(),
                List.of(new RunResult(new AttemptId(job, 1), new RunOutcome.Released("the worker drains"), saved))));
        var next = ((ExchangeReply) exchange(request(List.of(), List.of())))
                .claims()
                .getFirst();

        assertThat(next.id()).isEqualTo(new AttemptId(job, 2));
        assertThat(next.lastCheckpoint()).isEqualTo(saved);
    }

    @Test
    void a_key_speaks_for_its_own_worker_only() throws Exception {
        String body = ExchangeCodec.encode(new ExchangeRequest(
                        "worker-b", 1, 1, 1, Map.of(), List.of("noop"), false, List.of(), List.of()))
                .text();

        var answer = client().post("/v1/work", body);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Node.problem(answer).detail()).contains("worker-a only");
    }

    @Test
    void an_incarnation_that_another_has_followed_is_told_that_it_is_over() throws Exception {
        exchange(request(List.of(), List.of()));
        exchange(new ExchangeRequest("worker-a", 8, 1, 1, Map.of(), List.of("noop"), false, List.of(), List.of()));

        var old = client().post(
                        "/v1/work",
                        ExchangeCodec.encode(request(List.of(), List.of())).text());

        assertThat(old.statusCode()).isEqualTo(409);
        assertThat(ExchangeCodec.decodeAnswer(Bytes.utf8(old.body()))).isInstanceOf(ExchangeEnd.class);
    }

    @Test
    void what_is_no_exchange_is_refused_with_its_place() throws Exception {
        assertThat(client().post("/v1/work", "{").statusCode()).isEqualTo(400);
        assertThat(client().post("/v1/work", "{\"protocol\":2}").statusCode()).isEqualTo(400);
        assertThat(client().post("/v1/work", "text/plain", "{}").statusCode()).isEqualTo(415);
        var wrong = client().post(
                        "/v1/work",
                        "{\"protocol\":1,\"worker\":\"worker-a\",\"incarnation\":\"00000000000000ff\",\"sequence\":1,"
                                + "\"slots\":1,\"held\":[{\"job\":\"nonsense\",\"attempt\":1}]}");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(Node.problem(wrong).detail()).contains("'nonsense' is no job id");
    }

    @Test
    void a_channel_is_told_of_a_new_job_without_asking() throws Exception {
        var channel = new Channel(node.address(), key);
        channel.send(request(List.of(), List.of()));
        channel.next();

        String job = submit();

        var news = (ExchangeReply) channel.next();
        assertThat(news.claims()).extracting(claim -> claim.id().job()).containsExactly(job);
        channel.close();
    }

    @Test
    void the_leader_learns_of_a_closed_channel_unless_the_worker_speaks_on_another() throws Exception {
        var first = new Channel(node.address(), key);
        first.send(request(List.of(), List.of()));
        first.next();
        var second = new Channel(node.address(), key);
        second.send(request(List.of(), List.of()));
        second.next();

        first.close();
        first.awaitClosed();
        assertThat(node.cluster.closedChannels()).isEmpty();

        second.close();
        second.awaitClosed();
        while (node.cluster.closedChannels().isEmpty()) {
            TimedOut.check();
            Thread.onSpinWait();
        }
        assertThat(node.cluster.closedChannels()).hasSize(1);
    }

    @Test
    void a_channel_without_a_good_key_is_refused_before_the_upgrade() {
        node.cluster.grant(Role.ADMIN, "");
        assertThatThrownBy(() -> new Channel(node.address(), "muster_000000000000_" + "0".repeat(64)))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    }

    @Test
    void nonsense_on_a_channel_closes_it_as_such_with_the_reason() throws Exception {
        var channel = new Channel(node.address(), key);

        channel.say("{\"protocol\":");

        assertThat(channel.awaitClosed()).isEqualTo(1007);
        assertThat(channel.reason).isNotEmpty();
    }

    @Test
    void a_label_over_the_limit_closes_a_channel_as_nonsense_and_says_nothing_of_the_key() throws Exception {
        var channel = new Channel(node.address(), key);
        // Two bytes a character: a reason has a limit in bytes too, and must be cut on a whole character.
        String longest = "é".repeat((WireLimits.MAX_LABEL_BYTES - "zone=".length()) / 2);

        channel.send(labelled(longest));
        assertThat(channel.next()).isInstanceOf(ExchangeReply.class);
        channel.send(labelled(longest + "é"));

        assertThat(channel.awaitClosed()).isEqualTo(1007);
        assertThat(channel.reason).startsWith("the label 'zone=éé").endsWith("é");
    }

    @Test
    void a_key_that_may_not_speak_for_a_worker_closes_the_channel_as_a_matter_of_policy() throws Exception {
        var channel = new Channel(node.address(), key);

        channel.send(new ExchangeRequest("worker-b", 7, 1, 1, Map.of(), List.of("noop"), false, List.of(), List.of()));

        assertThat(channel.awaitClosed()).isEqualTo(1008);
        assertThat(channel.reason).contains("worker-a only");
    }

    @Test
    void a_channel_at_a_follower_passes_the_exchange_on_to_the_leader() throws Exception {
        try (var follower = Node.started("node-2")) {
            follower.cluster.with("node-1", node.address());
            follower.cluster.led("node-1", 1);
            String sameKey = follower.cluster.grant(Role.WORKER, "worker-a");
            assertThat(sameKey).isEqualTo(key);
            String job = submit();

            var channel = new Channel(follower.address(), key);
            channel.send(request(List.of(), List.of()));
            channel.next();
            channel.send(request(List.of(), List.of()));

            var reply = (ExchangeReply) channel.next();
            assertThat(reply.claims()).extracting(claim -> claim.id().job()).containsExactly(job);
            assertThat(reply.leader().node()).isEqualTo("node-1");
            channel.close();
        }
    }

    @Test
    void a_channel_at_a_node_that_knows_no_leader_is_refused_politely() throws Exception {
        node.cluster.leaderless(2);
        var channel = new Channel(node.address(), key);

        channel.send(request(List.of(), List.of()));

        var refusal = (ExchangeRefusal) channel.next();
        assertThat(refusal.why()).contains("no leader");
        channel.close();
    }

    private Client client() {
        return node.stranger().with("Authorization", "Bearer " + key);
    }

    private ExchangeRequest request(List<HeldRun> held, List<RunResult> results) {
        sequence++;
        return new ExchangeRequest("worker-a", 7, sequence, 1, Map.of(), List.of("noop"), false, held, results);
    }

    private ExchangeRequest labelled(String zone) {
        sequence++;
        return new ExchangeRequest(
                "worker-a", 7, sequence, 1, Map.of("zone", zone), List.of("noop"), false, List.of(), List.of());
    }

    private ExchangeAnswer exchange(ExchangeRequest request) throws Exception {
        var answer = client().post("/v1/work", ExchangeCodec.encode(request).text());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ExchangeCodec.decodeAnswer(Bytes.utf8(answer.body()));
    }

    private String submit() throws Exception {
        var answer = node.client(Role.OPERATOR).post("/v1/jobs", "{\"type\":\"noop\"}");
        return String.valueOf(
                Json.read(Bytes.utf8(answer.body()), SubmittedJob.class).id());
    }

    /// A worker's end of a WebSocket.
    private static final class Channel implements WebSocket.Listener {
        private final BlockingQueue<ExchangeAnswer> answers = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private final WebSocket socket;
        private volatile String reason = "";

        Channel(URI node, String key) {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Authorization", "Bearer " + key)
                    .buildAsync(URI.create("ws://" + node.getAuthority() + "/v1/work"), this)
                    .join();
        }

        void send(ExchangeRequest request) {
            socket.sendText(ExchangeCodec.encode(request).text(), true).join();
        }

        void say(String text) {
            socket.sendText(text, true).join();
        }

        ExchangeAnswer next() throws InterruptedException {
            var answer = answers.poll(20, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("no answer came");
            }
            return answer;
        }

        void close() {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }

        /// The status it was closed with.
        int awaitClosed() throws InterruptedException {
            Integer status = closed.poll(20, TimeUnit.SECONDS);
            if (status == null) {
                throw new AssertionError("the channel was not closed");
            }
            return status;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            partial.append(data);
            if (isLast) {
                answers.add(ExchangeCodec.decodeAnswer(Bytes.utf8(partial.toString())));
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            this.reason = reason;
            closed.add(status);
            return null;
        }
    }
}
