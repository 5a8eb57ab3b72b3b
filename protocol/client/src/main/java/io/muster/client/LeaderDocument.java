package io.muster.client;

/// Who leads since a hand-over, and in which term.
public record LeaderDocument(String leader, long term) {}
