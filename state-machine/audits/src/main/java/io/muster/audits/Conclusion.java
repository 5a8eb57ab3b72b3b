package io.muster.audits;

/// What one audit job said about one package.
///
/// @param candidate the package URL
/// @param end how its job ended
public record Conclusion(String candidate, JobEnd end) {}
