package io.muster.client;

/// A run that has ended, and whose end has not been acknowledged yet.
public record RunResult(AttemptId id, RunOutcome outcome) {}
