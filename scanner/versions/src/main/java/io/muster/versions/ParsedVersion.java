package io.muster.versions;

/// A version read once, so that it can be compared many times.
///
/// Two are compared only when the same [VersionOrder] read them; anything else is a bug of the caller and throws
/// [ClassCastException]. `compareTo` is zero for versions that the ecosystem holds equal although their text differs
/// (`1.0` and `1.0.0` on PyPI), so it is not consistent with `equals`, which compares what was read.
public sealed interface ParsedVersion extends Comparable<ParsedVersion>
        permits AlpineVersion,
                DebianVersion,
                MavenVersion,
                NumberedVersion,
                PackagistVersion,
                PypiVersion,
                RpmVersion,
                RubygemsVersion,
                SemanticVersion {

    /// The text this was read from, unchanged.
    String text();

    /// The first release number without leading zeros, behind the epoch where the ecosystem has one (`1:2` for the
    /// Debian version `1:2.3-4`); empty when the text has none. Two versions with the same value are on one major
    /// line, which is what "the smallest fix on the same major" asks.
    String major();

    /// Compares two versions as a range does: like `compareTo`, but where the ecosystem's rules go round in a circle it
    /// follows the rule for this pair, so that it is not transitive there. To sort, use `compareTo`.
    default int against(ParsedVersion other) {
        return compareTo(other);
    }
}
