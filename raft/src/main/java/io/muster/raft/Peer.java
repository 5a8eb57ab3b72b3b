package io.muster.raft;

import io.muster.cluster.NodeId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is known of another node from the connections with it. Owned by the transport's thread.
final class Peer {
    /// Log time follows the leader's wall clock: a node that is further off makes it jump when it comes to lead.
    static final long MAX_SKEW_MILLIS = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Peer.class);

    private final NodeId id;
    private @Nullable Hello hello;
    private long incarnation;
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

    /// Compares its wall clock, as written in a frame that just arrived, with ours.
    void noteClock(long theirMicros, long ourMicros) {
        skewMillis = (theirMicros - ourMicros) / 1_000;
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
                isConnected, said.apiAddress(), said.featureLevel(), said.attributes(), skewMillis);
    }
}
