package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.TimedOut;
import io.muster.log.NodeId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How long a connection may take to become a node's.
@Timeout(60)
final class GreetingBoundsTest implements TransportEnds {
    private final Map<NodeId, InetSocketAddress> addresses = new HashMap<>();
    private final List<End> open = new ArrayList<>();
    private final SteppedClocks clocks = new SteppedClocks(new AtomicLong());

    /// Clocks that go on when a test says so.
    private record SteppedClocks(AtomicLong now) implements Clocks {
        void advance(long millis) {
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        }

        @Override
        public long nanos() {
            return now.get();
        }

        @Override
        public long wallMicros() {
            return now.get() / 1_000;
        }
    }

    @Override
    public Map<NodeId, InetSocketAddress> addresses() {
        return addresses;
    }

    @Override
    public List<End> open() {
        return open;
    }

    @Test
    void a_greeting_that_comes_byte_by_byte_is_bounded_as_a_whole() throws IOException {
        var first = start(N1, CLUSTER, 1, clocks);
        try (var slow = dial(N1)) {
            challenge(slow);
            for (int i = 0; i < 3; i++) {
                slow.getOutputStream().write(0);
                clocks.advance(650);
                turn(5);
            }
            assertThat(first.transport.rejectedConnections()).isZero();

            slow.getOutputStream().write(0);
            clocks.advance(650);
            turnUntil(() -> first.transport.rejectedConnections() == 1);
        }
    }

    @Test
    void a_peer_that_listens_and_says_nothing_is_dialled_anew() throws IOException {
        try (var mute = ServerSocketChannel.open()) {
            mute.bind(address(N2));
            mute.configureBlocking(false);
            start(N1, CLUSTER, 1, clocks);
            var callers = new ArrayList<SocketChannel>();

            while (callers.size() < 2) {
                TimedOut.check();
                turn();
                SocketChannel caller = mute.accept();
                if (caller != null) {
                    callers.add(caller);
                    clocks.advance(2_000);
                } else {
                    clocks.advance(callers.isEmpty() ? 0 : 5);
                }
            }

            for (SocketChannel caller : callers) {
                caller.close();
            }
        }
    }
}
