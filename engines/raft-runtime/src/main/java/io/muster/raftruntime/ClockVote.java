package io.muster.raftruntime;

import io.muster.log.NodeId;
import io.muster.raft.Configuration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/// Which instant the wall clocks of a majority of voters have reached: the highest that so many say is past.
/// One wrong clock, even the leader's, moves it no further than the next right one.
final class ClockVote {
    private ClockVote() {}

    /// The instant at `nanos`, in microseconds since 1970; empty in a cluster of one, and while fewer than a
    /// majority of clocks are known.
    ///
    /// @param nanos this node's monotonic clock
    /// @param wallMicros this node's wall clock at that moment
    static OptionalLong agreedMicros(
            Configuration configuration, NodeId self, Transport transport, long nanos, long wallMicros) {
        int voters = configuration.voters().size();
        var clocks = known(configuration, self, transport, nanos, wallMicros);
        int majority = voters / 2 + 1;
        if (voters == 1 || clocks.size() < majority) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(clocks.get(clocks.size() - majority));
    }

    /// By how many microseconds this node's wall clock is beyond both middle ones of the voters' clocks; empty where
    /// fewer than a majority are known, and where two are, of which nobody can tell which is off.
    static OptionalLong offMicros(
            Configuration configuration, NodeId self, Transport transport, long nanos, long wallMicros) {
        var clocks = known(configuration, self, transport, nanos, wallMicros);
        if (clocks.size() <= Math.max(2, configuration.voters().size() / 2)) {
            return OptionalLong.empty();
        }
        long behind = clocks.get((clocks.size() - 1) / 2) - wallMicros;
        long ahead = wallMicros - clocks.get(clocks.size() / 2);
        return OptionalLong.of(Math.max(0, Math.max(behind, ahead)));
    }

    /// What the voters' clocks show, the slowest first.
    private static List<Long> known(
            Configuration configuration, NodeId self, Transport transport, long nanos, long wallMicros) {
        var clocks = new ArrayList<Long>();
        for (NodeId voter : configuration.voters()) {
            if (voter.equals(self)) {
                clocks.add(wallMicros);
            } else {
                transport.peer(voter).wallOffsetMicros().ifPresent(offset -> clocks.add(nanos / 1_000 + offset));
            }
        }
        Collections.sort(clocks);
        return clocks;
    }
}
