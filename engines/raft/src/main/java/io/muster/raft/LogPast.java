package io.muster.raft;

import java.util.Arrays;

/// How far the leader's log went in each of its last ticks.
///
/// By this a learner is measured (thesis §4.2.1): one that has stored what the log held a minimum
/// election timeout ago would, given a vote, hold a commit up for no longer than that. Neither a number
/// of entries nor of bytes says so: as many take a moment on one machine and minutes on another.
final class LogPast {
    private final long[] lastIndexes;
    private int next;

    /// @param ticks how far back it reaches
    /// @param lastIndex how far the log went until now
    LogPast(int ticks, long lastIndex) {
        lastIndexes = new long[ticks];
        Arrays.fill(lastIndexes, lastIndex);
    }

    /// A tick has passed, and the log goes as far as `lastIndex`.
    void tick(long lastIndex) {
        lastIndexes[next] = lastIndex;
        next = (next + 1) % lastIndexes.length;
    }

    /// How far it went as many ticks ago as this reaches back.
    long oldest() {
        return lastIndexes[next];
    }
}
