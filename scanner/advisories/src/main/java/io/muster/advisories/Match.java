package io.muster.advisories;

/// A candidate that affects the version in question, what its record tells, and by which words.
record Match(Candidate candidate, Brief brief, String explanation) {

    Match(Candidate candidate, String explanation) {
        this(candidate, candidate.brief(), explanation);
    }
}
