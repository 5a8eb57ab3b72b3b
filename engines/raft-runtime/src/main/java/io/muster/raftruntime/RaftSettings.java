package io.muster.raftruntime;

import io.muster.log.NodeId;
import io.muster.raft.RaftConfig;
import java.time.Duration;

/// How one node runs consensus.
///
/// @param self which node it is
/// @param seed where its randomness comes from: different on every node and in every incarnation of it
/// @param config the times and limits of the protocol, in ticks and bytes
/// @param tick how long a tick is
/// @param clockTolerance a node whose wall clock is further off the middle ones of the voters campaigns later
/// @param snapshotLogBytes a snapshot is taken when so much of the log was applied since the last; [#NO_SNAPSHOTS] for
///     none
/// @param readers what proves to a leader's readers that it leads
public record RaftSettings(
        NodeId self,
        long seed,
        RaftConfig config,
        Duration tick,
        Duration clockTolerance,
        long snapshotLogBytes,
        ReadProof readers) {
    /// What proves to a leader's readers that nobody else leads.
    public enum ReadProof {
        /// On a round of heartbeats each time: on no clock at all.
        ROUND,
        /// On the lease while it holds, and on a round of heartbeats otherwise. It takes a monotonic clock that
        /// goes on while the machine does not, which that of a suspended virtual machine may not.
        LEASE
    }

    /// The log grows without end.
    public static final long NO_SNAPSHOTS = Long.MAX_VALUE;

    /// Fine enough for heartbeats of 50 ms and coarse enough to cost nothing.
    public static final Duration DEFAULT_TICK = Duration.ofMillis(10);

    /// A clock that is set by NTP is right within a tenth of a second, and one that is not drifts by a second in
    /// a day: ten seconds are a fault, and no delay of the network.
    public static final Duration DEFAULT_CLOCK_TOLERANCE = Duration.ofSeconds(10);

    /// The part of the election timeout that a lease uses; the rest covers clocks that run at different speeds, which
    /// differ by far less than one part in ten.
    private static final double LEASE_SHARE = 0.9;

    public RaftSettings {
        if (tick.toNanos() < 1_000_000) {
            throw new IllegalArgumentException("a tick of " + tick + " is shorter than the network can be waited for");
        }
    }

    /// The usual times and limits.
    public static RaftSettings of(NodeId self, long seed) {
        return of(self, seed, RaftConfig.DEFAULT, DEFAULT_CLOCK_TOLERANCE);
    }

    /// These times and limits, in ticks of the usual length.
    public static RaftSettings of(NodeId self, long seed, RaftConfig config, Duration clockTolerance) {
        return new RaftSettings(self, seed, config, DEFAULT_TICK, clockTolerance, NO_SNAPSHOTS, ReadProof.ROUND);
    }

    /// The same with a snapshot each time so many bytes of the log were applied.
    public RaftSettings withSnapshotLogBytes(long bytes) {
        return new RaftSettings(self, seed, config, tick, clockTolerance, bytes, readers);
    }

    /// The same with readers that rely on that.
    public RaftSettings withReadProof(ReadProof reliance) {
        return new RaftSettings(self, seed, config, tick, clockTolerance, snapshotLogBytes, reliance);
    }

    /// With less room than this in the log, no proposal is taken: a log that is full stops its node, and all nodes have
    /// the same log. What remains holds everything that may be on its way, and the terms to come.
    long minLogRoomBytes() {
        return 2L * config.memory().maxUncommittedBytes();
    }

    long tickNanos() {
        return tick.toNanos();
    }

    /// How long one confirmed round is good for. A voter counts whole ticks, the first of which may end at once.
    long leaseNanos() {
        return (long) ((config.times().electionTicksMin() - 1) * tickNanos() * LEASE_SHARE);
    }
}
