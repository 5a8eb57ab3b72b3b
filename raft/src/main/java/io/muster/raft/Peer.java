package io.muster.raft;

import io.muster.cluster.NodeId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is known of another node from the connections with it. Owned by the transport's thread.
final class Peer {
    /// Log time follows the clocks of a majority: a node that is further off is outvoted, and a sign of a fault.
    static final long MAX_SKEW_MILLIS = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Peer.class);

    private final NodeId id;
    private @Nullable Hello hello;
    private long incarnation;
    private final ClockMeter clock = new ClockMeter();
    private long skewMillis;
    private boolean isSkewed;

    Peer(NodeId id) {
        this.id = id;
    }

    NodeId id() {
        return id;
    }

    /// Whether a process that says it is this node in its `claimed` incarnation has been replaced by a later one.
    boolean isOutdated(long claimed) {
        return claimed < incarnation;
    }

    /// Notes who it is now.
    void meet(Hello said, long claimed) {
        hello = said;
        incarnation = Math.max(incarnation, claimed);
    }

    /// Compares its wall clock, as written in a frame that just arrived, with ours. A whole window of frames
    /// says that it is off: one frame may have waited while this process did not run.
    void noteClock(long theirMicros, Clocks ours) {
        long nanos = ours.nanos();
        boolean isMeasured = clock.note(theirMicros, nanos);
        skewMillis = (clock.offsetMicros().orElse(0) + nanos / 1_000 - ours.wallMicros()) / 1_000;
        if (!isMeasured) {
            return;
        }
        boolean isSkewedNow = Math.abs(skewMillis) > MAX_SKEW_MILLIS;
        if (isSkewedNow && !isSkewed) {
            log.warn("event=clock_skew peer={} skewMillis={}: set the clocks of both machines by NTP", id, skewMillis);
        }
        isSkewed = isSkewedNow;
    }

    Transport.PeerView view(boolean isConnected) {
        Hello said = hello;
        if (said == null) {
            return Transport.PeerView.UNKNOWN;
        }
        return new Transport.PeerView(
                isConnected,
                said.apiAddress(),
                said.featureLevel(),
                said.attributes(),
                skewMillis,
                clock.offsetMicros());
    }
}
