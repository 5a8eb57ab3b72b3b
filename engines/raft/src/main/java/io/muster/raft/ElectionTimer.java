package io.muster.raft;

import io.muster.log.Standing;

/// Decides when a follower gives up waiting for a leader, and whether it may let others do so.
///
/// Timeouts are drawn anew for every wait, from a generator seeded for each node apart (T38). Only a real vote, a
/// valid message of the leader and the start of an own campaign begin a new wait (T33).
///
/// A leader may trust its lease for a minimum timeout after a round of heartbeats that this node answered. So
/// nothing but the leader's own word that it has stopped lets this node vote, or campaign, before that: a
/// connection that closed and is refused may as well be the fault of something between the two (T52).
final class ElectionTimer {
    /// How many whole timeouts longer a node waits whose clock is off: the others, if enough of them are there,
    /// have had several elections meanwhile. It does campaign in the end, or a cluster in which all clocks are
    /// off, or the only complete log lies beside a wrong clock, would have no leader.
    static final int CLOCK_OFF_TIMEOUTS = 4;

    private final RaftConfig.Times times;
    private final SplitMix64 random;
    private int waited;
    private int timeout;
    private int sinceLeader;
    private int sinceRound;
    private int hurryLeft;
    private OwnClock clock = OwnClock.AGREES;

    /// A node that just started does not know whom it heard before: for one minimum timeout it behaves as if it had
    /// heard a leader, or its restart could unseat one that still trusts its lease.
    ElectionTimer(RaftConfig.Times times, SplitMix64 random) {
        this.times = times;
        this.random = random;
        restart();
    }

    /// Lets one tick pass; returns whether the wait is over.
    boolean tick() {
        waited++;
        sinceLeader = Math.min(sinceLeader + 1, times.electionTicksMin());
        sinceRound = Math.min(sinceRound + 1, times.electionTicksMin());
        hurryLeft = Math.max(0, hurryLeft - 1);
        return waited >= timeout + longer();
    }

    /// This node's wall clock is worth this much from now on.
    void judged(OwnClock next) {
        clock = next;
    }

    /// What a node waits for that hears no leader and that nothing else hinders.
    Standing standing() {
        if (isSticky()) {
            return Standing.WITHIN_LEASE;
        }
        return switch (clock) {
            case AGREES -> Standing.AWAITS_ITS_TURN;
            case OFF -> Standing.CLOCK_OFF;
        };
    }

    private int longer() {
        return switch (clock) {
            case AGREES -> 0;
            case OFF -> CLOCK_OFF_TIMEOUTS * times.electionTicksMax();
        };
    }

    /// Begins a wait of full random length.
    void restart() {
        hurryLeft = 0;
        waited = 0;
        timeout = times.electionTicksMin() + random.below(times.electionTicksMax() - times.electionTicksMin() + 1);
    }

    /// Begins to wait for the answers to a pre-vote: briefly while the leader is known to be gone, since a
    /// voter that refused may just not have noticed yet.
    void restartForPreVote() {
        if (hurryLeft == 0) {
            restart();
            return;
        }
        waited = 0;
        timeout = 1 + random.below(times.vanishTicksMax() + 1);
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

    /// What was heard is a round of heartbeats: the answer may renew the leader's lease.
    void heardRound() {
        sinceRound = 0;
    }

    /// The leader's process seems to be gone: campaign as soon as its lease must have ended, at a random moment
    /// so that votes do not split.
    void leaderVanished() {
        sinceLeader = times.electionTicksMin();
        hurry(times.electionTicksMin() - sinceRound);
    }

    /// The leader said that it leads no more, so it trusts in nothing: campaign soon.
    void leaderResigned() {
        forgetLeader();
        hurry(0);
    }

    /// A leader that was heard before no longer counts.
    void forgetLeader() {
        sinceLeader = times.electionTicksMin();
        sinceRound = times.electionTicksMin();
    }

    /// Whether a leader was heard within a minimum timeout, so that nobody gets this node's vote (thesis §4.2.3).
    boolean isSticky() {
        return sinceLeader < times.electionTicksMin() || sinceRound < times.electionTicksMin();
    }

    private void hurry(int afterTicks) {
        waited = 0;
        timeout = afterTicks + 1 + random.below(times.vanishTicksMax() + 1);
        hurryLeft = afterTicks + times.electionTicksMin();
    }
}
