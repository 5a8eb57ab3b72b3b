package io.muster.raft;

import io.muster.cluster.NodeId;
import io.muster.consensus.Configuration;
import java.util.ArrayList;
import java.util.Collections;
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
        var clocks = new ArrayList<Long>();
        for (NodeId voter : configuration.voters()) {
            if (voter.equals(self)) {
                clocks.add(wallMicros);
            } else {
                transport.peer(voter).wallOffsetMicros().ifPresent(offset -> clocks.add(nanos / 1_000 + offset));
            }
        }
        int majority = voters / 2 + 1;
        if (voters == 1 || clocks.size() < majority) {
            return OptionalLong.empty();
        }
        clocks.sort(Collections.reverseOrder());
        return OptionalLong.of(clocks.get(majority - 1));
    }
}
