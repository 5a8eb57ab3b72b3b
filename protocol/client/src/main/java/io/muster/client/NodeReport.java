package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node knows by itself of why somebody leads, or nobody: the answer of `GET /v1/node/report`.
///
/// @param role `leader`, `follower` or `candidate`
/// @param standing what it does about leadership, or what keeps it from it, such as `follows` or
///     `disk-stalled`
/// @param term the highest term it has seen
/// @param leader who leads in that term, as far as it knows
/// @param votedFor who got its vote in that term
/// @param votes how many votes it holds as a candidate, or won with as the leader
/// @param lastIndex the last entry of its log
/// @param lastTerm the term of that entry
/// @param commit up to where it knows the log to be committed
/// @param applied up to where it has applied the log
/// @param lastLeader who led last, as far as it has seen since it started
/// @param ledMillis how long ago it last saw that leader lead
/// @param ageMillis how old all this is: its engine looks again with every tick
/// @param busyMillis how long its state machine has been at what it does now
/// @param notReady why it should be sent no work; `""` where it may
/// @param diskPressure why it takes nothing new into the log; `""` where there is room
/// @param voters who votes, as its log says; absent in the report of a version that did not say so
public record NodeReport(
        String node,
        String role,
        String standing,
        long term,
        @Nullable String leader,
        @Nullable String votedFor,
        int votes,
        long lastIndex,
        long lastTerm,
        long commit,
        long applied,
        @Nullable String lastLeader,
        @Nullable Long ledMillis,
        long ageMillis,
        long busyMillis,
        String notReady,
        String diskPressure,
        DiskReport disk,
        List<PeerReport> peers,
        @Nullable List<String> voters) {
    public NodeReport {
        peers = Fields.copied(peers);
    }
}
