package io.muster.exchange;

/// A run that the worker is to stop, and whose result nobody wants any more.
public record DroppedRun(AttemptId id, String why) {}
