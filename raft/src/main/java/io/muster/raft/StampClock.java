package io.muster.raft;

import io.muster.cluster.LogClock;
import io.muster.cluster.LogTime;
import io.muster.cluster.NodeId;
import io.muster.consensus.Configuration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stamps this leader's batches with log time, and warns when its own clock is ahead of what log time may follow.
final class StampClock {
    private static final Logger log = LoggerFactory.getLogger(StampClock.class);

    private final LogClock clock = new LogClock();
    private final NodeId self;
    private final Transport transport;
    private final Clocks clocks;
    private boolean isBehind;
    private long wallAheadMillis;

    StampClock(NodeId self, Transport transport, Clocks clocks) {
        this.self = self;
        this.transport = transport;
        this.clocks = clocks;
    }

    /// A reign begins behind an entry of log time `last`.
    void lead(LogTime last) {
        clock.follow(last);
        clock.start(clocks.nanos());
        wallAheadMillis = 0;
    }

    void stop() {
        clock.stop();
    }

    /// How far this node's wall clock was ahead of the last batch.
    long wallAheadMillis() {
        return wallAheadMillis;
    }

    /// The instant of the next batch.
    LogTime next(Configuration configuration) {
        long nanos = clocks.nanos();
        long wall = clocks.wallMicros();
        var agreed = ClockVote.agreedMicros(configuration, self, transport, nanos, wall);
        LogTime time = clock.next(nanos, wall, agreed);
        wallAheadMillis = Math.max(0, wall - time.micros()) / 1_000;
        boolean isBehindNow = wallAheadMillis > Peer.MAX_SKEW_MILLIS;
        if (isBehindNow && !isBehind) {
            log.warn(
                    "log time behind node={} behindMillis={} reason=\"{}: look after the clocks\"",
                    self,
                    wallAheadMillis,
                    reason(agreed, time.micros()));
        }
        isBehind = isBehindNow;
        return time;
    }

    private static String reason(OptionalLong agreed, long micros) {
        if (agreed.isEmpty()) {
            return "no other node confirms this node's wall clock, and log time follows it slowly";
        }
        return agreed.getAsLong() - micros > Peer.MAX_SKEW_MILLIS * 1_000
                ? "a majority's clocks were set forward by days, and log time catches up at double speed"
                : "this node's wall clock is ahead of what a majority's clocks say, and log time does not follow it";
    }
}
