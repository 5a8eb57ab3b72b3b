package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Identity;
import io.muster.access.KeyText;
import io.muster.access.Role;
import io.muster.exchange.ExchangeCodec;
import io.muster.exchange.ExchangeRequest;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A channel to a worker that asks and does not read.
final class WorkChannelTest {
    private final FakeCluster cluster = new FakeCluster("node-1");
    private final HttpClient http = HttpClient.newHttpClient();
    private final CompletableFuture<String> disconnected = new CompletableFuture<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final Admission admission = Admission.within(Admission.MAX_BYTES);
    private final Deadlines deadlines = new Deadlines(TransportLimits.USUAL);
    private int sequence;

    @AfterEach
    void stop() {
        http.close();
        deadlines.close();
        cluster.close();
    }

    @Test
    void a_worker_that_never_reads_loses_its_channel_once_its_answers_fill_their_limit() throws Exception {
        cluster.led("node-1", 1);
        var channel = channel();

        say(channel, WorkChannel.MAX_ANSWERS);
        cluster.read(_ -> "answered all").toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(disconnected).isNotDone();
        say(channel, 2);

        assertThat(disconnected.get(30, TimeUnit.SECONDS)).isEqualTo("disconnected");
        assertThat(begun).as("sent and never read").hasValue(1);
    }

    @Test
    void it_loses_it_earlier_where_the_answers_come_from_another_node() throws Exception {
        cluster.leaderless(1);
        var channel = channel();

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

    private WorkChannel channel() {
        String text = cluster.grant(Role.WORKER, "worker-a");
        KeyText key = KeyText.parse(text);
        var identity = (Identity.Known) cluster.identify(key.id(), key.hash());
        var tidings = new ExchangeReplyMapper(cluster);
        var relay = new ExchangeRelay(cluster, tidings, http, Duration.ofSeconds(1));
        var around = new WorkChannel.Surroundings(cluster, tidings, relay);
        var channels = new WorkChannels(around, admission, deadlines);
        var share = admission.hold(identity.keyId(), Admission.Pool.WORK);
        var channel = new WorkChannel(
                new UpgradeFacts(new Caller(identity), List.of("Authorization", "Bearer " + text), key),
                around,
                channels,
                new WorkChannel.Limits(share, deadlines));
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
}
