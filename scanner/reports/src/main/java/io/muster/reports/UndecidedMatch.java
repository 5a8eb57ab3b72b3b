package io.muster.reports;

/// An advisory that names a package found, but in a way that versions alone cannot decide, and why.
public record UndecidedMatch(Occurrence occurrence, String advisory, String reason) {}
