package io.muster.raftruntime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When the core's timers go on: one tick after the other, and one after a pause of the loop, not many. Owned by the
/// loop's thread.
final class Ticks {
    private static final Logger log = LoggerFactory.getLogger(Ticks.class);

    private final RaftSettings settings;
    private long dueNanos;
    private boolean hasBegun;

    Ticks(RaftSettings settings) {
        this.settings = settings;
    }

    /// The monotonic instant at which the next tick falls due.
    long dueNanos() {
        return dueNanos;
    }

    /// Whether a tick is due at `now`, which the next one is counted from. A pause that was longer than a lease is
    /// told.
    boolean isDue(long now, boolean isLeader) {
        if (!hasBegun) {
            // What passed between the opening of the log and the loop's first turn was no pause of the loop.
            hasBegun = true;
            dueNanos = now;
        }
        long late = now - dueNanos;
        if (late < 0) {
            return false;
        }
        if (late > settings.leaseNanos()) {
            log.warn(
                    "loop paused node={} lateMillis={} isLeader={} reason=\"this process did not run for"
                            + " that long; a leader is trusted again once a quorum has answered\"",
                    settings.self(),
                    late / 1_000_000,
                    isLeader);
        }
        dueNanos = now + settings.tickNanos();
        return true;
    }
}
