package io.muster.raft;

/// What a node's own wall clock is worth, as the shell judges by the clocks of the other voters. Nothing is decided by
/// it but who campaigns first.
public enum OwnClock {
    /// It is near enough to theirs, or nobody knows.
    AGREES,
    /// It is off.
    OFF
}
