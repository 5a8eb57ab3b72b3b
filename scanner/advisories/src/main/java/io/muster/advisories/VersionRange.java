package io.muster.advisories;

import java.util.List;

/// A run of versions, written as the events that happened along the ecosystem's order.
public record VersionRange(Kind kind, List<RangeEvent> events) {

    /// By which order the events are to be read.
    public enum Kind {
        /// Semantic Versioning 2.0, whatever the ecosystem.
        SEMVER,
        /// The order of the package's ecosystem.
        ECOSYSTEM,
        /// Commits of a repository; evaluating them would need that repository, so they are reported, not evaluated.
        GIT,
        /// A kind that a later schema may bring; reported like GIT.
        UNKNOWN
    }

    public VersionRange {
        events = List.copyOf(events);
    }

    /// Whether the range can be evaluated from version numbers alone.
    public boolean isComparable() {
        return kind == Kind.SEMVER || kind == Kind.ECOSYSTEM;
    }
}
