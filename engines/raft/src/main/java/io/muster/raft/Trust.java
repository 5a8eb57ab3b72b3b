package io.muster.raft;

/// Whether a leader may believe, by its shell's monotonic clock, that nobody else can have been elected yet.
public enum Trust {
    /// A quorum answered a round of heartbeats lately, and refuses votes for a while.
    HELD,
    /// It is not known.
    NONE
}
