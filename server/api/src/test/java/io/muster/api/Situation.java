package io.muster.api;

import io.muster.client.DiskReport;
import io.muster.client.NodeReport;
import io.muster.client.PeerReport;
import io.muster.log.EngineReport.LinkState;
import io.muster.log.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One of three nodes as it would report: it hears the others, knows no leader and waits its turn,
/// until a test says otherwise.
final class Situation {
    private static final long TERM = 7;

    private final String node;
    private final Map<String, PeerReport> peers = new TreeMap<>();
    private Standing standing = Standing.AWAITS_ITS_TURN;
    private String role = "follower";
    private @Nullable String leader;
    private @Nullable String votedFor;
    private @Nullable List<String> voters;
    private long lastIndex = 8;
    private long lastTerm = 6;
    private long ageMillis;
    private String notReady = "";
    private String diskPressure = "";
    private DiskReport disk = new DiskReport(900, 1_200, 0, 1L << 30);

    Situation(String node) {
        this.node = node;
        for (String peer : List.of("node-1", "node-2", "node-3")) {
            if (!peer.equals(node)) {
                peers.put(peer, new PeerReport(peer, "open", "", 40L, 0));
            }
        }
    }

    Situation leads() {
        role = "leader";
        leader = node;
        votedFor = node;
        return stands(Standing.LEADS);
    }

    Situation follows(String other) {
        leader = other;
        votedFor = other;
        return stands(Standing.FOLLOWS);
    }

    Situation asks() {
        role = "candidate";
        return stands(Standing.ASKS_FOR_VOTES);
    }

    Situation stands(Standing next) {
        standing = next;
        return this;
    }

    Situation votedFor(String candidate) {
        votedFor = candidate;
        return this;
    }

    /// Its log says that these vote.
    Situation knowsVoters(String... nodes) {
        voters = List.of(nodes);
        return this;
    }

    Situation log(long index, long term) {
        lastIndex = index;
        lastTerm = term;
        return this;
    }

    Situation disk(long slowestMicros, long waitingMicros) {
        disk = new DiskReport(900, slowestMicros, waitingMicros, 1L << 30);
        return this;
    }

    Situation aged(long millis) {
        ageMillis = millis;
        return this;
    }

    Situation notReady(String why) {
        notReady = why;
        return this;
    }

    Situation full(String why) {
        diskPressure = why;
        return this;
    }

    Situation hearsNot(String peer) {
        return link(peer, LinkState.REFUSED, "connection refused");
    }

    Situation link(String peer, LinkState state, String reason) {
        peers.put(peer, new PeerReport(peer, Testimony.word(state), reason, null, 0));
        return this;
    }

    Situation skew(String peer, long millis) {
        peers.put(peer, new PeerReport(peer, "open", "", 40L, millis));
        return this;
    }

    NodeReport report() {
        return new NodeReport(
                node,
                role,
                Testimony.word(standing),
                TERM,
                leader,
                votedFor,
                0,
                lastIndex,
                lastTerm,
                8,
                7,
                "node-1",
                400L,
                ageMillis,
                0,
                notReady,
                diskPressure,
                disk,
                new ArrayList<>(peers.values()),
                voters);
    }
}
