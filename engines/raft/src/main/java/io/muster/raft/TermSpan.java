package io.muster.raft;

/// The entries from `firstIndex` up to the next span all have this term.
public record TermSpan(long firstIndex, long term) {}
