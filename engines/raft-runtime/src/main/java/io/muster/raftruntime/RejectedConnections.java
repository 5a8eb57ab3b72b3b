package io.muster.raftruntime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections that never came to be a node's: counted, and told once a minute at most, however many
/// there are. Owned by the transport's thread.
final class RejectedConnections {
    private static final long BETWEEN_LINES_NANOS = 60_000_000_000L;

    private static final Logger log = LoggerFactory.getLogger(RejectedConnections.class);

    private final Clocks clocks;
    private long count;
    private long toldCount;
    private long toldAtNanos;

    RejectedConnections(Clocks clocks) {
        this.clocks = clocks;
    }

    /// How many there have been.
    long count() {
        return count;
    }

    /// Another one was hung up on.
    void add(String from, String reason) {
        count++;
        long now = clocks.nanos();
        if (toldCount == 0 || now - toldAtNanos >= BETWEEN_LINES_NANOS) {
            log.warn("connection rejected from={} reason=\"{}\" more={}", from, reason, count - toldCount - 1);
            toldCount = count;
            toldAtNanos = now;
        }
    }
}
