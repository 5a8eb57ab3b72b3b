package io.muster.raftruntime;

import java.util.ArrayDeque;

/// Until when this node may believe in its own leadership.
///
/// A round of heartbeats that a quorum answered proves that nobody else was elected before it was sent, and that the
/// quorum refuses votes for an election timeout after it arrived. So trust is counted from *before* the round was sent,
/// and ends a margin before that timeout: whatever delays the answer, or this node, only shortens it (T51).
final class Lease {
    private final long nanos;
    private final ArrayDeque<Round> underWay = new ArrayDeque<>();
    private long trustedUntilNanos;
    private boolean isGivenUp;

    private record Round(long number, long sentNanos) {}

    /// @param nanos how long one confirmed round is good for
    Lease(long nanos) {
        this.nanos = nanos;
    }

    /// Begins to lead at `nowNanos`: nothing is confirmed yet.
    void begin(long nowNanos) {
        underWay.clear();
        trustedUntilNanos = nowNanos;
        isGivenUp = false;
    }

    /// Trust ends at `nowNanos` for as long as this leadership lasts: from now on voters may vote
    /// although they answered a round a moment ago (T52).
    void giveUp(long nowNanos) {
        underWay.clear();
        trustedUntilNanos = nowNanos;
        isGivenUp = true;
    }

    /// Round `number` is about to be sent.
    void sent(long number, long nowNanos) {
        if (!isGivenUp) {
            underWay.addLast(new Round(number, nowNanos));
        }
    }

    /// A quorum answered round `number`, and so every round before it.
    void confirmed(long number) {
        while (!underWay.isEmpty() && underWay.getFirst().number() <= number) {
            trustedUntilNanos = underWay.removeFirst().sentNanos() + nanos;
        }
    }

    long trustedUntilNanos() {
        return trustedUntilNanos;
    }
}
