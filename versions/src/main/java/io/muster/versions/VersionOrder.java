package io.muster.versions;

import java.util.Map;
import java.util.Optional;

/// The total order in which one or more ecosystems sort their versions.
///
/// Every text has a place: [#parse] never throws, and [#compare] is total, antisymmetric and transitive on all strings.
public enum VersionOrder {
    /// Semantic Versioning 2.0 as OSV applies it: npm, Go, crates.io, Hex and others.
    SEMANTIC;

    private static final Map<String, VersionOrder> BY_ECOSYSTEM = Map.ofEntries(
            Map.entry("npm", SEMANTIC),
            Map.entry("Go", SEMANTIC),
            Map.entry("crates.io", SEMANTIC),
            Map.entry("Hex", SEMANTIC));

    /// The order of an ecosystem, whatever its suffix; empty when this version of Muster knows none, and then only
    /// the versions that a record lists one by one can be matched.
    public static Optional<VersionOrder> of(Ecosystem ecosystem) {
        return Optional.ofNullable(BY_ECOSYSTEM.get(ecosystem.name()));
    }

    /// Reads any text, also one that the ecosystem's own tool would refuse.
    public ParsedVersion parse(String version) {
        return switch (this) {
            case SEMANTIC -> SemanticVersion.read(version);
        };
    }

    /// Negative when `a` is older than `b`, zero when they are equal in this order, positive when `a` is newer.
    public int compare(String a, String b) {
        return parse(a).compareTo(parse(b));
    }
}
