package io.muster.node;

import io.muster.raft.RaftConfig;
import io.muster.raftruntime.RaftSettings;
import java.util.List;

/// How often a leader says that it is there, and for how long it may be silent before it is replaced. It must
/// be the same on every node: a leader trusts itself for as long as it believes that the others wait.
///
/// @param heartbeatMillis how often a leader sends heartbeats
/// @param electionMillis a follower that heard nothing for this long, or up to twice as long, asks for votes
/// @param clockToleranceMillis a node whose wall clock is further off the middle ones of the voters asks later
record Timing(int heartbeatMillis, int electionMillis, int clockToleranceMillis) {
    /// Times are counted in ticks.
    private static final int TICK_MILLIS = (int) RaftSettings.DEFAULT_TICK.toMillis();

    private static final int MAX_ELECTION_MILLIS = 60_000;

    private static final int CLOCK_TOLERANCE_MILLIS = (int) RaftSettings.DEFAULT_CLOCK_TOLERANCE.toMillis();

    /// A skew below a second is not even warned of; beyond a day there is no clock to speak of.
    private static final int LEAST_TOLERANCE_MILLIS = 1_000;

    private static final int MAX_TOLERANCE_MILLIS = 86_400_000;

    /// Two heartbeats may be lost or late before the third would cost a leader that works.
    private static final int LEAST_HEARTBEATS = 3;

    /// For processors that are mostly free: a silent leader is replaced within 300 ms.
    static final Timing USUAL = new Timing(50, 150, CLOCK_TOLERANCE_MILLIS);

    /// For processors shared with builds and scans, and for disks of such machines: a process that gets no turn
    /// for a second keeps its leadership, and a silent leader is replaced within 3 s.
    static final Timing SLOW = new Timing(250, 1_500, CLOCK_TOLERANCE_MILLIS);

    Timing {
        if (heartbeatMillis % TICK_MILLIS != 0 || electionMillis % TICK_MILLIS != 0) {
            throw new ConfigException("cluster.heartbeatMillis and cluster.electionMillis are counted in steps of "
                    + TICK_MILLIS + " ms, not " + heartbeatMillis + " and " + electionMillis);
        }
        if (electionMillis < LEAST_HEARTBEATS * heartbeatMillis) {
            throw new ConfigException("cluster.electionMillis is " + electionMillis + " and cluster.heartbeatMillis "
                    + heartbeatMillis + "; it must be at least " + LEAST_HEARTBEATS
                    + " times as long, or one late heartbeat costs a leader that works");
        }
    }

    /// Reads the keys of a cluster's section: a profile, and what differs from it.
    static Timing read(Section cluster) {
        String profile = cluster.text("profile", "usual");
        Timing base = switch (profile) {
            case "usual" -> USUAL;
            case "slow" -> SLOW;
            default ->
                throw new ConfigException("cluster.profile is '" + profile + "'; it must be usual or slow"
                        + Nearest.hint(profile, List.of("usual", "slow")));
        };
        return new Timing(
                cluster.whole("heartbeatMillis", base.heartbeatMillis, TICK_MILLIS, MAX_ELECTION_MILLIS),
                cluster.whole("electionMillis", base.electionMillis, TICK_MILLIS, MAX_ELECTION_MILLIS),
                cluster.whole(
                        "clockToleranceMillis",
                        base.clockToleranceMillis,
                        LEAST_TOLERANCE_MILLIS,
                        MAX_TOLERANCE_MILLIS));
    }

    /// The protocol's times and limits with these.
    RaftConfig raft() {
        return RaftConfig.DEFAULT.withTimes(heartbeatMillis / TICK_MILLIS, electionMillis / TICK_MILLIS);
    }
}
