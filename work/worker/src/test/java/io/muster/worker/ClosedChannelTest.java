package io.muster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeChannel;
import io.muster.exchange.ExchangeChannels;
import io.muster.exchange.ExchangeRequest;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a worker makes of the status with which a server closes its WebSocket.
class ClosedChannelTest {
    private static final ExchangeRequest REQUEST =
            new ExchangeRequest("w1", 7, 1, 4, Map.of(), List.of("noop"), false, List.of(), List.of());

    @ParameterizedTest
    @CsvSource({
        "1007, closed: the server does not accept what this worker says: because",
        "1008, denied: closed by the server: because",
        "1011, closed: closed by the server with status 1011: because"
    })
    void only_a_matter_of_policy_is_the_keys_fault(int status, String heard) throws Exception {
        var server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.ws(
                            "/v1/work", socket -> socket.onMessage(message -> message.closeSession(status, "because")));
                })
                .start("127.0.0.1", 0);
        try (var transport = new HttpConnections()) {
            var ear = new ChannelListener();

            var channel =
                    new ExchangeChannels(transport, ApiKey.of("secret")).open("http://127.0.0.1:" + server.port(), ear);
            ear.opened.get(30, TimeUnit.SECONDS);
            channel.send(REQUEST);

            assertThat(ear.end.get(30, TimeUnit.SECONDS)).isEqualTo(heard);
        } finally {
            server.stop();
        }
    }

    private static final class ChannelListener implements ExchangeChannel.Listener {
        private final CompletableFuture<String> opened = new CompletableFuture<>();
        private final CompletableFuture<String> end = new CompletableFuture<>();

        @Override
        public void opened() {
            opened.complete("");
        }

        @Override
        public void answered(ExchangeAnswer answer) {
            end.complete("answered: " + answer);
        }

        @Override
        public void closed(String why) {
            end.complete("closed: " + why);
        }

        @Override
        public void unread(String why) {
            end.complete("unread: " + why);
        }

        @Override
        public void denied(String why) {
            end.complete("denied: " + why);
        }
    }
}
