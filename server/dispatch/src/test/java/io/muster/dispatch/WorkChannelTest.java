package io.muster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Identity;
import io.muster.access.KeyText;
import io.muster.access.Role;
import io.muster.coordinator.WorkerAnswer;
import io.muster.coordinator.WorkerReport;
import io.muster.exchange.ExchangeCodec;
import io.muster.exchange.ExchangeRequest;
import io.muster.http.Admission;
import io.muster.http.Caller;
import io.muster.http.FakeNode;
import io.muster.http.HttpConfig;
import io.muster.http.ServerResources;
import io.muster.http.TransportLimits;
import io.muster.log.NodeId;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A channel to a worker that asks and does not read.
final class WorkChannelTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final CompletableFuture<String> disconnected = new CompletableFuture<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final ServerResources resources = ServerResources.of(HttpConfig.on("127.0.0.1", 0), TransportLimits.USUAL);
    private int sequence;

    @AfterEach
    void stop() {
        http.close();
        resources.close();
    }

    @Test
    void a_worker_that_never_reads_loses_its_channel_once_its_answers_fill_their_limit() throws Exception {
        var channel = channel(FakeNode.leading());

        say(channel, WorkChannel.MAX_ANSWERS);
        assertThat(disconnected).isNotDone();
        say(channel, 2);

        assertThat(disconnected.get(30, TimeUnit.SECONDS)).isEqualTo("disconnected");
        assertThat(begun).as("sent and never read").hasValue(1);
    }

    @Test
    void it_loses_it_earlier_where_the_answers_come_from_another_node() throws Exception {
        var channel = channel(FakeNode.leaderless());

        // One more is in the writer's hands.
        say(channel, WorkChannel.MAX_RELAYED + 2);

        assertThat(disconnected.get(30, TimeUnit.SECONDS)).isEqualTo("disconnected");
    }

    private void say(WorkChannel channel, int times) {
        for (int i = 0; i < times; i++) {
            sequence++;
            var request = new ExchangeRequest(
                    "worker-a", 7, sequence, 1, Map.of(), List.of("noop"), false, List.of(), List.of());
            channel.onWebSocketPartialText(ExchangeCodec.encode(request).text(), true);
        }
    }

    private WorkChannel channel(FakeNode node) {
        KeyText key = node.grant(Role.WORKER, "worker-a");
        var identity = (Identity.Known) node.identify(key.id(), key.hash());
        var replies = new ExchangeReplyMapper(new NodeHints(node));
        var relay = new ExchangeRelay(node, replies, http, Duration.ofSeconds(1));
        var dependencies = new WorkChannel.Dependencies(node, new Undecided(), replies, relay);
        var channels = new WorkChannels(dependencies, resources.admission(), resources.deadlines());
        var reservation = resources.admission().hold(identity.keyId(), Admission.MemoryPool.WORK);
        var channel = new WorkChannel(
                new UpgradeFacts(new Caller(identity), List.of("Authorization", "Bearer " + key.reveal()), key),
                dependencies,
                channels,
                new WorkChannel.ChannelLimits(reservation, resources.deadlines()));
        channel.onWebSocketOpen(neverRead());
        return channel;
    }

    /// A session whose peer reads nothing: what is sent is never done.
    private Session neverRead() {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (_, method, _) -> {
                    switch (method.getName()) {
                        case "sendText" -> begun.incrementAndGet();
                        case "disconnect" -> disconnected.complete("disconnected");
                        default -> disconnected.completeExceptionally(new AssertionError("asked for " + method));
                    }
                    return null;
                });
    }

    /// Answers every report at once.
    private record Undecided() implements WorkPort {
        @Override
        public void exchange(WorkerReport report, Consumer<WorkerAnswer> sink) {
            sink.accept(new WorkerAnswer.RetryLater("nobody knows", 100));
        }

        @Override
        public void channelClosed(NodeId worker, long incarnation) {
            // Nobody asks.
        }
    }
}
