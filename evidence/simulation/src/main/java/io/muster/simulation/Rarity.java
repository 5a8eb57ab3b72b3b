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
    FALLBACK("a fallback to the older snapshot");

    private final String words;

    Rarity(String words) {
        this.words = words;
    }

    /// What was seen, as a phrase for people.
    String words() {
        return words;
    }
}
