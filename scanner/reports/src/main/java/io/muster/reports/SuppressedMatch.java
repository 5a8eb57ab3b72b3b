package io.muster.reports;

/// A match that a rule of the ignore file covers; it is reported as such and does not count.
public record SuppressedMatch(ReportedMatch match, IgnoreRule rule) {}
