package io.muster.raft;

import io.muster.log.NodeId;
import java.util.TreeMap;

/// The answers to one asking for votes. Pre-votes and votes, and every attempt, have ballots of their own (T33).
final class Ballot {
    private final long number;
    private final TreeMap<NodeId, Boolean> answers = new TreeMap<>();

    /// @param number tells this ballot from all others of this node
    Ballot(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    /// Counts an answer. A vote once given stands; a refusal may have been meant for an earlier asking.
    void count(NodeId voter, boolean isGranted) {
        answers.merge(voter, isGranted, Boolean::logicalOr);
    }

    boolean isWon(Configuration configuration) {
        return configuration.agreed(voter -> answers.getOrDefault(voter, false) ? 1 : 0) == 1;
    }

    /// Whether so many refused that it cannot be won any more.
    boolean isLost(Configuration configuration) {
        return configuration.agreed(voter -> answers.getOrDefault(voter, true) ? 1 : 0) == 0;
    }

    int granted() {
        return (int) answers.values().stream().filter(isGranted -> isGranted).count();
    }
}
