package io.muster.advisories;

/// What to change to be rid of a finding.
public sealed interface Fix {

    /// The smallest version above the present one that mends everything in the finding.
    record Upgrade(String version, Distance distance) implements Fix {}

    /// No advisory of the finding names a version that mends it.
    record NoneKnown() implements Fix {}

    /// How far the upgrade goes.
    enum Distance {
        /// Stays on the major line in use.
        SAME_MAJOR,
        /// No mended version exists on that line, so this is the next one up.
        NEXT_MAJOR
    }

    /// The version to upgrade to, or empty when none is known.
    default String versionOrEmpty() {
        return switch (this) {
            case Upgrade upgrade -> upgrade.version();
            case NoneKnown none -> "";
        };
    }
}
