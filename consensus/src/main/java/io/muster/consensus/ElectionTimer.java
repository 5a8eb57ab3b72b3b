package io.muster.consensus;

/// Decides when a follower gives up waiting for a leader, and whether it may let others do so.
///
/// Timeouts are drawn anew for every wait, from a generator seeded for each node apart (T38). Only a real vote, a
/// valid message of the leader and the start of an own campaign begin a new wait (T33).
final class ElectionTimer {
    private final RaftConfig config;
    private final SplitMix64 random;
    private int waited;
    private int timeout;
    private int sinceLeader;
    private int hurryLeft;

    /// A node that just started does not know whom it heard before: for one minimum timeout it behaves as if it had
    /// heard a leader, or its restart could unseat one that still trusts its lease.
    ElectionTimer(RaftConfig config, SplitMix64 random) {
        this.config = config;
        this.random = random;
        restart();
    }

    /// Lets one tick pass; returns whether the wait is over.
    boolean tick() {
        waited++;
        sinceLeader = Math.min(sinceLeader + 1, config.electionTicksMin());
        hurryLeft = Math.max(0, hurryLeft - 1);
        return waited >= timeout;
    }

    /// Begins a wait of full random length.
    void restart() {
        hurryLeft = 0;
        waited = 0;
        timeout = config.electionTicksMin() + random.below(config.electionTicksMax() - config.electionTicksMin() + 1);
    }

    /// Begins to wait for the answers to a pre-vote: briefly while the leader is known to be gone, since whoever
    /// refused may just not have noticed yet.
    void restartForPreVote() {
        if (hurryLeft == 0) {
            restart();
            return;
        }
        waited = 0;
        timeout = 1 + random.below(config.vanishTicksMax() + 1);
    }

    /// The leader was heard.
    void heardLeader() {
        if (hurryLeft > 0) {
            restart();
        }
        waited = 0;
        sinceLeader = 0;
    }

    /// Begins the present wait once more, with the same length.
    void waitAnew() {
        waited = 0;
    }

    /// The leader is known to be gone: campaign soon, at a random moment so that votes do not split.
    void leaderVanished() {
        waited = 0;
        timeout = 1 + random.below(config.vanishTicksMax() + 1);
        hurryLeft = config.electionTicksMin();
        forgetLeader();
    }

    /// Whoever was heard before no longer counts.
    void forgetLeader() {
        sinceLeader = config.electionTicksMin();
    }

    /// Whether a leader was heard within a minimum timeout, so that nobody else gets this node's vote (thesis §4.2.3).
    boolean isSticky() {
        return sinceLeader < config.electionTicksMin();
    }
}
