package io.muster.log;

import java.util.Optional;

/// One who takes part in the log, as a node sees it at one moment.
///
/// @param id who it is
/// @param vote whether its vote counts
/// @param identity who it is beyond its name; empty where only its name is known
/// @param addresses where it is reached; empty until a change of members has named them: until then
///     each node's configuration file says it
/// @param matchIndex the last entry that it is known to have stored; 0 unless this node leads
/// @param missingEntries how many entries it is behind the leader's log; 0 unless this node leads
public record MemberStatus(
        NodeId id,
        Vote vote,
        Optional<VoterId> identity,
        Optional<MemberAddresses> addresses,
        long matchIndex,
        long missingEntries) {
    /// Whether its vote counts once a change that may be under way is done.
    public boolean isVoter() {
        return switch (vote) {
            case VOTER, COMING -> true;
            case LEAVING, LEARNER -> false;
        };
    }

    /// Whether a member's vote counts.
    public enum Vote {
        /// It counts.
        VOTER,
        /// It counts in the configuration that is being entered, not in the one that is being left.
        COMING,
        /// It counts in the configuration that is being left, not in the one that is being entered.
        LEAVING,
        /// It receives the log and is counted nowhere.
        LEARNER
    }
}
