package io.muster.raftruntime;

import io.muster.log.EngineReport.LinkState;
import io.muster.log.EngineReport.PeerLink;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is known of another node from the connections with it. Owned by the transport's thread.
final class Peer {
    /// Log time follows the clocks of a majority: a node that is further off is outvoted, and a sign of a fault.
    static final long MAX_SKEW_MILLIS = 1_000;

    /// Where the refused one reads on.
    static final String WAY_BACK = "docs/guarantees.md says under 'A voter lost its folder' how to bring it back";

    /// How somebody comes back who is no member, or not the one of that name.
    static final String NEW_MEMBER = "It comes back as a new member only: muster member invite or, for a voter whose "
            + "folder is lost, muster member invite --replace, then muster node --join on an empty folder; "
            + WAY_BACK;

    private static final Logger log = LoggerFactory.getLogger(Peer.class);

    private final NodeId id;
    private @Nullable Hello hello;
    private @Nullable Incarnation incarnation;
    private String lastObjection = "";
    private final ClockMeter clock = new ClockMeter();
    private long skewMillis;
    private boolean isSkewed;

    /// @param known the last incarnation of it that this node has met, before it started
    Peer(NodeId id, @Nullable Incarnation known) {
        this.id = id;
        this.incarnation = known;
    }

    NodeId id() {
        return id;
    }

    /// Why a process that comes under this node's name in incarnation `claimed` is not to be believed, or null where it
    /// is: because it is another voter, an older process, or one beside it on a copy of its folder.
    ///
    /// @param member which voter it is, as the log says; null where it is known by its name alone
    @Nullable HandshakeRefusal objectionTo(Introduction said, long claimed, @Nullable VoterId member) {
        VoterId identity = said.foundingStatus().identity();
        if (member != null && !member.equals(identity)) {
            return object(id + " takes part as voter " + member + ", and this process is voter "
                    + identity
                    + ": its folder was lost, emptied or exchanged, and with it what it voted and acknowledged. It may "
                    + "not take part. " + NEW_MEMBER);
        }
        Incarnation known = incarnation;
        if (known == null || known.isContinuedBy(claimed, said.runs())) {
            return null;
        }
        return object(
                claimed < known.number()
                        ? "a later process of " + id + " is known here (its start " + known.number() + ", not "
                                + claimed + "): this folder is an older copy, which lacks what was acknowledged since. "
                                + "Start " + id + " on its own folder, or rebuild it. " + WAY_BACK
                        : "another process of " + id
                                + " has been met here, on a copy of this folder: of the two one must "
                                + "go. Stop this one for good, or stop the other and rebuild " + id + ". " + WAY_BACK);
    }

    /// Says it here too, once: somebody has to look at one of the two.
    private HandshakeRefusal object(String reason) {
        if (!reason.equals(lastObjection)) {
            lastObjection = reason;
            log.warn("peer refused peer={} reason=\"{}\"", id, reason);
        }
        return HandshakeRefusal.forGood(reason);
    }

    /// Notes what it says of itself now; what it may not say of itself any more is who it is.
    void says(Hello now) {
        if (now.node().equals(id)) {
            hello = now;
        }
    }

    /// Notes who it is now; answers its incarnation where that is news to be stored.
    Optional<Incarnation> meet(Introduction said, long claimed) {
        hello = said.hello();
        lastObjection = "";
        if (said.runs().isEmpty()) {
            return Optional.empty();
        }
        var met = new Incarnation(claimed, said.runs().getLast());
        boolean isNews = !met.equals(incarnation);
        incarnation = met;
        return isNews ? Optional.of(met) : Optional.empty();
    }

    /// Compares its wall clock, as written in a frame that just arrived, with ours. A whole window of frames
    /// says that it is off: one frame may have waited while this process did not run.
    void noteClock(long theirMicros, Clocks ours) {
        long nanos = ours.nanos();
        boolean isMeasured = clock.note(theirMicros, nanos);
        skewMillis = (clock.offsetMicros(nanos).orElse(0) + nanos / 1_000 - ours.wallMicros()) / 1_000;
        if (!isMeasured) {
            return;
        }
        boolean isSkewedNow = Math.abs(skewMillis) > MAX_SKEW_MILLIS;
        if (isSkewedNow && !isSkewed) {
            log.warn("clock skew peer={} skewMillis={} advice=\"set both clocks by NTP\"", id, skewMillis);
        }
        isSkewed = isSkewedNow;
    }

    /// The way to it, of which `outgoing` is the connection that messages go out on.
    PeerLink link(Outgoing outgoing) {
        boolean isOther = !outgoing.isOpen() && !lastObjection.isEmpty();
        return isOther
                ? new PeerLink(id, LinkState.WRONG_IDENTITY, lastObjection, clock.heardNanos())
                : outgoing.link(clock.heardNanos());
    }

    Transport.PeerView view(boolean isConnected, long nowNanos) {
        Hello said = hello;
        if (said == null) {
            return Transport.PeerView.UNKNOWN;
        }
        var offset = clock.offsetMicros(nowNanos);
        return new Transport.PeerView(
                isConnected,
                said.apiAddress(),
                said.featureLevel(),
                said.attributes(),
                offset.isPresent() ? skewMillis : 0,
                offset);
    }
}
