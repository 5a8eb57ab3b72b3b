package io.muster.raftruntime;

import io.muster.log.LogClock;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.raft.Configuration;
import io.muster.raft.OwnClock;
import java.util.Optional;
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
    private final long toleranceMicros;
    private OwnClock ownClock = OwnClock.AGREES;
    private boolean isAlarmed;
    private boolean isBehind;
    private long wallAheadMillis;

    StampClock(RaftSettings settings, Transport transport, Clocks clocks) {
        this.self = settings.self();
        this.toleranceMicros = settings.clockTolerance().toNanos() / 1_000;
        this.transport = transport;
        this.clocks = clocks;
    }

    /// This node begins to lead behind an entry of log time `last`.
    void lead(LogTime last) {
        clock.follow(last);
        clock.start(clocks.nanos());
        wallAheadMillis = 0;
    }

    /// What this node's wall clock is worth, where that is news. A leader goes on leading whatever it is: log time does
    /// not follow its clock alone.
    Optional<OwnClock> judged(Configuration configuration) {
        isAlarmed = configuration.voters().stream()
                .filter(voter -> !voter.equals(self))
                .anyMatch(voter -> Math.abs(transport.peer(voter).clockSkewMillis()) > Peer.MAX_SKEW_MILLIS);
        var off = ClockVote.offMicros(configuration, self, transport, clocks.nanos(), clocks.wallMicros());
        if (off.isEmpty()) {
            // A leader that dies takes its clock along: what was known before is the better word.
            return Optional.empty();
        }
        long offMicros = off.getAsLong();
        OwnClock now = offMicros > toleranceMicros ? OwnClock.OFF : OwnClock.AGREES;
        if (now == ownClock) {
            return Optional.empty();
        }
        ownClock = now;
        switch (now) {
            case OFF ->
                log.warn(
                        "clock off node={} offMillis={} reason=\"this node's wall clock differs from those of most "
                                + "voters, so it asks for votes later than others: set it by NTP\"",
                        self,
                        offMicros / 1_000);
            case AGREES -> log.info("clock agrees node={}", self);
        }
        return Optional.of(now);
    }

    /// Whether a voter's wall clock differs from this node's by more than is warned of. A machine whose clock is
    /// wrong may have one that runs wrong too, and then no lease is to be relied on.
    boolean isAlarmed() {
        return isAlarmed;
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
