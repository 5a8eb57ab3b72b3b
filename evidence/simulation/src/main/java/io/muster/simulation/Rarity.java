package io.muster.simulation;

/// What happens in few runs, and must happen in some: a simulator that never installs a snapshot says
/// nothing about installs.
public enum Rarity {
    /// A node has taken a snapshot of its state and keeps it.
    SNAPSHOT("a snapshot"),
    /// A node has cut its log behind a snapshot.
    CUT("a cut"),
    /// A node has taken over the state of a snapshot that it was sent.
    INSTALL("an install"),
    /// One that broke in its middle, and went on where it was.
    RESUMED_INSTALL("an install that broke and was resumed"),
    /// A node has started from a snapshot.
    START_FROM_SNAPSHOT("a start from a snapshot"),
    /// The newest snapshot was damaged, and a node has started from the one before it.
    FALLBACK("a fallback to the older snapshot"),
    /// A joint configuration was in force.
    JOINT("a joint configuration"),
    /// A leader was elected while one was.
    ELECTION_IN_JOINT("an election in a joint configuration"),
    /// A configuration that was appended was cut again.
    ROLLED_BACK("a configuration that was taken back"),
    /// A learner was given a vote.
    PROMOTED("a learner that was promoted"),
    /// A learner took a voter's place.
    REPLACED("a voter that was replaced"),
    /// A voter whose folder was emptied was replaced.
    EMPTIED_REPLACED("an emptied voter that was replaced"),
    /// A leader removed itself.
    LEADER_REMOVED_ITSELF("a leader that removed itself"),
    /// A node that was removed learnt it from another's word.
    REMOVAL_TOLD("a node that was told of its removal");

    private final String words;

    Rarity(String words) {
        this.words = words;
    }

    /// What was seen, as a phrase for people.
    String words() {
        return words;
    }
}
