package io.muster.advisories;

/// A candidate that affects the version in question, and by which words.
record Match(Candidate candidate, String explanation) {}
