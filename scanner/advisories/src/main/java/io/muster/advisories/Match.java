package io.muster.advisories;

/// An entry that affects the version in question, what its record tells, and by which words.
record Match(MatcherEntry entry, AdvisorySummary summary, String explanation) {

    Match(MatcherEntry entry, String explanation) {
        this(entry, entry.summary(), explanation);
    }
}
