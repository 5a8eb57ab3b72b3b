package io.muster.versions;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A package within its ecosystem, always in the ecosystem's normal form: two spellings of one package are equal.
///
/// PyPI folds case and runs of `-`, `_`, `.` into one `-` (PEP 503); NuGet, Packagist, Hex, Pub and GitHub Actions
/// fold case; SwiftURL drops `https://` and `.git`. npm, Maven, Go, crates.io, RubyGems and the distributions are
/// case-sensitive and stay as they are.
public record PackageName(Ecosystem ecosystem, String name) {

    private static final Pattern PYPI_SEPARATORS = Pattern.compile("[-_.]+");
    private static final Pattern SWIFT_EXTRAS = Pattern.compile("^(https?://)+|(\\.git)+$");

    public PackageName {
        name = normal(ecosystem, name);
        if (name.isBlank()) {
            throw new IllegalArgumentException("cannot name a package of " + ecosystem + ": the name is blank");
        }
    }

    private static String normal(Ecosystem ecosystem, String name) {
        return switch (ecosystem.name()) {
            case "PyPI" -> PYPI_SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
            case "NuGet", "Packagist", "Hex", "Pub", "GitHub Actions" -> name.toLowerCase(Locale.ROOT);
            case "SwiftURL" -> SWIFT_EXTRAS.matcher(name).replaceAll("");
            default -> name;
        };
    }

    /// The name under which everything that could answer a question about this package is kept: without a release, and
    /// without case where spellings of one package differ in it.
    public PackageName lookupKey() {
        if (ecosystem.suffix().isEmpty() && !foldsCase()) {
            return this;
        }
        return new PackageName(ecosystem.withoutSuffix(), foldsCase() ? name.toLowerCase(Locale.ROOT) : name);
    }

    /// Whether what is said of `told` answers a question about this package.
    ///
    /// Paths of Go and Swift keep their case, but tools and records often lower it. Two that differ only in case
    /// are one package when one of them is in lower case.
    public boolean covers(PackageName told) {
        return ecosystem.covers(told.ecosystem)
                && (name.equals(told.name) || foldsCase() && isLowered(name, told.name));
    }

    private boolean foldsCase() {
        return ecosystem.name().equals("Go") || ecosystem.name().equals("SwiftURL");
    }

    private static boolean isLowered(String a, String b) {
        return a.equals(b.toLowerCase(Locale.ROOT)) || b.equals(a.toLowerCase(Locale.ROOT));
    }

    /// The package URL of one version of this package; empty for an ecosystem that no package URL type stands for, and
    /// for distributions, whose type alone does not tell the release.
    ///
    /// @param version the empty string for none
    /// @throws IllegalArgumentException when the type refuses the name
    public Optional<PackageUrl> packageUrl(String version) {
        return PurlEcosystems.packageUrl(this, version);
    }

    @Override
    public String toString() {
        return ecosystem + "/" + name;
    }
}
