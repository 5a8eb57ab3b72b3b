package io.muster.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.wire.ApiKey;
import io.muster.wire.FakeServer;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of a channel that no server is glad of; the glad ones are met in the tests of the worker.
class ExchangeChannelsTest {
    private static final int PATIENCE_SECONDS = 30;
    private static final ExchangeRequest REQUEST =
            new ExchangeRequest("w1", 7, 1, 4, Map.of(), List.of("noop"), false, List.of(), List.of());

    private final HttpConnections transport = new HttpConnections();
    private final ExchangeChannels channels = new ExchangeChannels(transport, ApiKey.of("s3cret"));
    private final Heard heard = new Heard();
    private final FakeServer server;

    ExchangeChannelsTest() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void close() {
        transport.close();
        server.close();
    }

    @Test
    void a_wrong_key_is_not_tried_by_post() throws Exception {
        server.problem(401, "key-refused");

        channels.open(server.address(), heard);

        assertThat(heard.next())
                .startsWith("closed: denied: " + server.address() + " refuses the key")
                .contains("401");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void a_server_that_allows_no_web_socket_is_used_by_post() throws Exception {
        server.problem(426, "upgrade")
                .answers(200, "{\"sequence\":1,\"leader\":{\"node\":\"n\",\"apiAddress\":\"a\"}}")
                .answers(503, "{\"sequence\":1,\"refused\":\"no leader\",\"retryAfterMillis\":20}")
                .answers(409, "{\"sequence\":1,\"end\":\"replaced\"}");

        ExchangeChannel channel = channels.open(server.address() + "/", heard);

        assertThat(heard.next()).isEqualTo("opened");
        channel.send(REQUEST);
        assertThat(heard.next()).startsWith("answered: ExchangeReply");
        channel.send(REQUEST);
        assertThat(heard.next()).startsWith("answered: ExchangeRefusal");
        channel.send(REQUEST);
        assertThat(heard.next()).startsWith("answered: ExchangeEnd");
        assertThat(ExchangeCodec.decodeRequest(
                        Bytes.utf8(server.asked().getLast().body())))
                .isEqualTo(REQUEST);
        assertThat(server.asked().getLast().path()).isEqualTo("/v1/work");
        assertThat(server.asked().getLast().authorization()).isEqualTo("Bearer s3cret");
    }

    @Test
    @Timeout(60)
    void a_server_that_freezes_in_the_middle_of_its_answer_ends_the_channel() throws Exception {
        server.freezes("application/json");
        var uri = URI.create(server.address() + "/v1/work");
        var channel = new PostChannel(transport.http(), uri, ApiKey.of("s3cret"), heard, Duration.ofMillis(200));

        channel.send(REQUEST);

        assertThat(heard.next()).startsWith("closed: cannot post to ").contains("did not answer in time");
    }

    @Test
    void a_key_that_may_not_work_is_told_as_such_with_the_servers_reason() throws Exception {
        server.problem(426, "upgrade").problem(403, "not-allowed");
        ExchangeChannel channel = channels.open(server.address(), heard);
        heard.next();

        channel.send(REQUEST);

        assertThat(heard.next()).startsWith("closed: denied: ").contains("refuses the key", "D");
    }

    @Test
    void an_answer_that_cannot_be_read_is_told_with_what_came() throws Exception {
        server.problem(426, "upgrade").answers(200, "<html>welcome</html>");
        ExchangeChannel channel = channels.open(server.address(), heard);
        heard.next();

        channel.send(REQUEST);

        assertThat(heard.next()).startsWith("unread: ").contains("welcome");
    }

    @Test
    void a_server_that_is_not_there_closes_the_channel() throws Exception {
        server.close();

        channels.open(server.address(), heard);

        assertThat(heard.next()).startsWith("closed: cannot open");
    }

    @Test
    void what_is_no_address_is_refused_at_once() {
        assertThatThrownBy(() -> channels.open("10.0.0.1:8080", heard)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> channels.open("ftp://10.0.0.1", heard))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected http://host:port");
    }

    /// Remembers, in words, what was heard of a channel.
    private static final class Heard implements ExchangeChannel.Listener {
        private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            String next = words.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return next == null ? "nothing within " + PATIENCE_SECONDS + " s" : next;
        }

        @Override
        public void opened() {
            words.add("opened");
        }

        @Override
        public void answered(ExchangeAnswer answer) {
            words.add("answered: " + answer);
        }

        @Override
        public void unread(String why) {
            words.add("unread: " + why);
        }

        @Override
        public void denied(String why) {
            closed("denied: " + why);
        }

        @Override
        public void closed(String why) {
            words.add("closed: " + why);
        }
    }
}
