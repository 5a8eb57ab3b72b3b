package io.muster.raft;

/// The times and limits of the protocol.
public record RaftConfig(Times times, Appends appends, MemoryLimits memory) {
    /// With ticks of 10 ms: heartbeats every 50 ms, elections after 150 to 300 ms, a stalled disk
    /// fenced after 2 s.
    public static final RaftConfig DEFAULT = new RaftConfig(
            new Times(15, 30, 5, 2, 15, 200, 100),
            new Appends(1 << 20, 256, 1 << 23),
            new MemoryLimits(1 << 26, 1 << 25, 1 << 26, 10_000));

    /// The most that one message carries of a snapshot: half a frame between nodes.
    public static final int MAX_PIECE_BYTES = 1 << 17;

    /// Times in ticks; the shell decides how long a tick is (10 ms by default).
    ///
    /// @param electionTicksMin a follower that heard nothing for this long may campaign; votes are
    ///     refused for as long after a leader was heard
    /// @param electionTicksMax the random election timeout lies between the minimum and this
    /// @param heartbeatTicks how often a leader says it is there
    /// @param vanishTicksMax a follower whose leader vanished campaigns within this many ticks and one
    ///     more after the leader's lease must have ended
    /// @param retryTicks an append without an answer is sent again after this long; well above an
    ///     ordinary sync
    /// @param stallTicks a leader whose disk has not answered for this long steps down (T40)
    /// @param barrierTicks a follower's read barrier without an answer fails after this long
    public record Times(
            int electionTicksMin,
            int electionTicksMax,
            int heartbeatTicks,
            int vanishTicksMax,
            int retryTicks,
            int stallTicks,
            int barrierTicks) {
        public Times {
            need(heartbeatTicks > 0 && heartbeatTicks < electionTicksMin, "heartbeatTicks: 1 to electionTicksMin - 1");
            need(
                    electionTicksMin < electionTicksMax,
                    "electionTicksMax: above electionTicksMin, or votes split for ever");
            need(vanishTicksMax >= 0 && vanishTicksMax < electionTicksMin, "vanishTicksMax: 0 to electionTicksMin - 1");
            need(retryTicks > 0, "retryTicks: at least 1");
            need(
                    stallTicks > electionTicksMax,
                    "stallTicks: above electionTicksMax, or every slow sync costs a leader");
            need(barrierTicks > 0, "barrierTicks: at least 1");
        }

        /// Another rhythm: how often a leader says it is there, and the least time without it after
        /// which a follower may campaign; at most twice as long. What an election timeout bounds grows
        /// with it.
        public Times inRhythm(int heartbeat, int election) {
            return new Times(
                    election,
                    2 * election,
                    heartbeat,
                    Math.min(vanishTicksMax, election - 1),
                    Math.max(retryTicks, election),
                    Math.max(stallTicks, 4 * election),
                    Math.max(barrierTicks, 2 * election));
        }

        /// An install that came no further for this long is given up, by default after 30 s: by then
        /// its snapshot and the log behind it have kept enough of the disk from others.
        int installTicks() {
            return 15 * stallTicks;
        }

        /// A successor that has not caught up with its leader after this long is not handed
        /// leadership. By default three seconds: a member that lacks more than it can be sent in them
        /// is a bad choice just now.
        int transferTicks() {
            return 10 * electionTicksMax;
        }

        /// A member that was removed is fed for this long, so that it learns it: as long as a successor
        /// has to catch up, by default three seconds. One that did not listen meanwhile asks when it
        /// hears no leader.
        int partingTicks() {
            return transferTicks();
        }

        /// A leader that applied nothing for this long, though there was something, steps down. Five
        /// times the patience with a disk: a long apply is as long everywhere, and handing over would
        /// not shorten it.
        int applyStallTicks() {
            return 5 * stallTicks;
        }
    }

    /// Limits of what is on its way to one follower.
    ///
    /// @param maxBytes an append carries at most this much, or one batch; it keeps one follower's
    ///     catch-up from delaying everything behind it
    /// @param maxInflight how many appends may be on their way without an answer
    /// @param maxInflightBytes how many bytes of them; bounds what a slow follower costs in buffers
    public record Appends(int maxBytes, int maxInflight, int maxInflightBytes) {
        public Appends {
            need(maxBytes > 0 && maxInflight > 0 && maxInflightBytes > 0, "limits of appends: at least 1");
        }
    }

    /// Limits of what a node keeps in memory.
    ///
    /// @param windowBytes how much of the log's end is kept to serve followers without reading the
    ///     disk
    /// @param keptBytes how much of the log's end stays when it is cut behind a snapshot: a follower
    ///     that is slow but alive is fed from it and spared an install; no more than is kept in memory
    /// @param maxUncommittedBytes a leader refuses proposals while this much waits to be committed
    /// @param maxBarriers more read barriers at once are refused: each costs memory until its round is
    ///     confirmed
    public record MemoryLimits(int windowBytes, int keptBytes, int maxUncommittedBytes, int maxBarriers) {
        public MemoryLimits {
            need(keptBytes >= 0 && keptBytes <= windowBytes, "keptBytes: 0 to windowBytes");
            need(maxUncommittedBytes > 0 && maxBarriers > 0, "maxUncommittedBytes, maxBarriers: at least 1");
        }

        /// A leader refuses proposals while this many bytes of its term wait to be applied, committed
        /// or not: each is kept until it is answered. As much as may wait to be committed, so that a
        /// disk and a state machine that are equally slow are treated alike.
        int maxUnappliedBytes() {
            return maxUncommittedBytes;
        }
    }

    private static void need(boolean isMet, String advice) {
        if (!isMet) {
            throw new IllegalArgumentException("cannot run consensus with this configuration; " + advice);
        }
    }
}
