package io.muster.reports;

/// A hit that a rule of the ignore file covers; it is reported as such and does not count.
public record SetAside(Hit hit, IgnoreRule rule) {}
