package io.muster.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every way from a worker to a server promises, whatever carries it.
@Timeout(60)
public interface ExchangeChannelContract {
    /// A server that leads and answers every exchange. Every call makes a new one; the test closes it.
    Server server() throws Exception;

    /// A server with the way to it.
    interface Server extends AutoCloseable {
        /// Opens a channel to this server, or to where it was.
        ExchangeChannel open(ExchangeChannel.Listener listener);

        /// The server's process is gone.
        void die();

        /// Lets happen what is under way until `isSo`.
        void await(BooleanSupplier isSo);

        @Override
        void close();
    }

    @Test
    default void a_channel_is_opened_before_anything_else_is_heard_of_it() throws Exception {
        try (var server = server()) {
            var heard = new Heard();

            var channel = heard.open(server);
            server.await(() -> !heard.words.isEmpty());
            heard.send(channel, 1);
            server.await(() -> heard.words.size() > 1);

            assertThat(heard.words).containsExactly("opened", "answered 1");
        }
    }

    @Test
    default void each_exchange_is_answered_by_its_number() throws Exception {
        try (var server = server()) {
            var heard = new Heard();
            var channel = heard.open(server);
            server.await(() -> heard.words.contains("opened"));

            for (int i = 1; i <= 3; i++) {
                String answer = "answered " + i;
                heard.send(channel, i);
                server.await(() -> heard.words.contains(answer));
            }

            assertThat(heard.words).containsExactly("opened", "answered 1", "answered 2", "answered 3");
        }
    }

    @Test
    default void a_server_that_has_died_ends_the_channel_once() throws Exception {
        try (var server = server()) {
            var heard = new Heard();
            var channel = heard.open(server);
            server.await(() -> heard.words.contains("opened"));

            server.die();
            heard.send(channel, 1);
            server.await(() -> heard.words.contains("closed"));
            heard.send(channel, 2);
            var later = new Heard();
            later.open(server);
            server.await(() -> later.words.contains("closed"));

            assertThat(heard.words).containsExactly("opened", "closed");
            assertThat(later.words).containsExactly("closed");
        }
    }

    @Test
    default void what_is_sent_on_a_closed_channel_is_not_answered() throws Exception {
        try (var server = server()) {
            var heard = new Heard();
            var channel = heard.open(server);
            server.await(() -> heard.words.contains("opened"));

            channel.close();
            channel.close();
            heard.send(channel, 1);
            var next = new Heard();
            var nextChannel = next.open(server);
            server.await(() -> next.words.contains("opened"));
            next.send(nextChannel, 1);
            server.await(() -> next.words.contains("answered 1"));

            assertThat(heard.words).doesNotContain("answered 1");
        }
    }

    /// Remembers in words what was heard of a channel; never from within a call to that channel.
    final class Heard implements ExchangeChannel.Listener {
        private final List<String> words = new CopyOnWriteArrayList<>();
        private final ThreadLocal<Boolean> isCalling = ThreadLocal.withInitial(() -> false);

        private ExchangeChannel open(Server server) {
            isCalling.set(true);
            var channel = server.open(this);
            isCalling.set(false);
            return channel;
        }

        private void send(ExchangeChannel channel, long sequence) {
            isCalling.set(true);
            channel.send(
                    new ExchangeRequest("w1", 7, sequence, 4, Map.of(), List.of("noop"), false, List.of(), List.of()));
            isCalling.set(false);
        }

        private void hear(String word) {
            words.add(isCalling.get() ? word + " within a call" : word);
        }

        @Override
        public void opened() {
            hear("opened");
        }

        @Override
        public void answered(ExchangeAnswer answer) {
            hear("answered " + answer.sequence());
        }

        @Override
        public void closed(String why) {
            hear("closed");
        }

        @Override
        public void unread(String why) {
            hear("unread: " + why);
        }

        @Override
        public void denied(String why) {
            hear("denied: " + why);
        }
    }
}
