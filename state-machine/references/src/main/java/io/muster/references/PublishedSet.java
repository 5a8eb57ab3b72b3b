package io.muster.references;

/// A set of advisories, and when it became the one in use.
///
/// @param set it
/// @param publishedMicros log time, in microseconds since 1970
/// @param by who published it
public record PublishedSet(AdvisorySet set, long publishedMicros, String by) {}
