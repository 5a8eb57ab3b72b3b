package io.muster.manifests;

import io.muster.versions.Ecosystem;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells a version from what only stands in its place: a range, a tag, a variable, a word for "unknown".
final class VersionText {

    private static final Set<String> UNKNOWN = Set.of(
            "noassertion",
            "none",
            "unknown",
            "unspecified",
            "undefined",
            "latest",
            "release",
            "latest.release",
            "latest.integration",
            "n/a",
            "null",
            "*",
            "+",
            "-");

    /// What no version of a language begins with, and what none holds: operators, brackets, blanks, variables.
    private static final Pattern NO_VERSION =
            Pattern.compile("^[\\^~<>=!*(\\[{$%@].*|.*(?:\\s|\\|\\||,|\\$[{(]|\\{\\{|://|\\*|\\.\\+$).*");

    /// npm's and Cargo's `1.x`.
    private static final Pattern WILDCARD = Pattern.compile("[0-9]+(?:\\.[0-9]+)*\\.[xX](?:\\.[xX])*");

    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    /// Ecosystems whose versions always hold a number, so that a word alone is a tag or a branch.
    private static final Set<String> NUMBERED = Set.of(
            "npm",
            "PyPI",
            "crates.io",
            "Go",
            "RubyGems",
            "NuGet",
            "Pub",
            "Hex",
            "ConanCenter",
            "Hackage",
            "CRAN",
            "SwiftURL",
            "Julia");

    private VersionText() {}

    static boolean isOne(Ecosystem ecosystem, String version) {
        if (version.isEmpty() || UNKNOWN.contains(version.toLowerCase(Locale.ROOT))) {
            return false;
        }
        if (!isLanguage(ecosystem)) {
            return version.indexOf(' ') < 0 && !version.contains("${");
        }
        return !NO_VERSION.matcher(version).matches()
                && !isWildcard(ecosystem, version)
                && (!NUMBERED.contains(ecosystem.name())
                        || DIGIT.matcher(version).find());
    }

    /// Composer's `1.x-dev` is a branch, which has a place of its own.
    private static boolean isWildcard(Ecosystem ecosystem, String version) {
        return !ecosystem.name().equals("Packagist")
                && WILDCARD.matcher(version).matches();
    }

    /// Distributions write epochs, tildes and carets into their versions.
    private static boolean isLanguage(Ecosystem ecosystem) {
        return NUMBERED.contains(ecosystem.name())
                || ecosystem.name().equals("Maven")
                || ecosystem.name().equals("Packagist");
    }
}
