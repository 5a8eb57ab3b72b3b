package io.muster.manifests;

import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import io.muster.versions.PackageUrl;

/// From package URLs to package names and back, also for types that OSV has no ecosystem for.
final class Purls {

    private Purls() {}

    /// The package URL of a name in one of the ecosystems that lockfiles are about.
    ///
    /// @throws IllegalArgumentException when the name cannot be a package URL
    static PackageUrl of(PackageName name, String version) {
        return switch (name.ecosystem().name()) {
            case "npm" -> split("npm", name.name(), '/', version);
            case "PyPI" -> PackageUrl.of("pypi", "", name.name(), version);
            case "Go" -> split("golang", name.name(), '/', version);
            case "crates.io" -> PackageUrl.of("cargo", "", name.name(), version);
            case "Maven" -> split("maven", name.name(), ':', version);
            case "RubyGems" -> PackageUrl.of("gem", "", name.name(), version);
            case "Packagist" -> split("composer", name.name(), '/', version);
            case "NuGet" -> PackageUrl.of("nuget", "", name.name(), version);
            case "Pub" -> PackageUrl.of("pub", "", name.name(), version);
            case "Hex" -> split("hex", name.name(), '/', version);
            case "ConanCenter" -> PackageUrl.of("conan", "", name.name(), version);
            default -> PackageUrl.of("generic", "", name.name(), version);
        };
    }

    /// The name an advisory would use; for a type outside OSV an open ecosystem that no advisory names.
    static PackageName nameOf(PackageUrl purl) {
        return purl.packageName().orElseGet(() -> new PackageName(Ecosystem.parse(purl.type()), joined(purl)));
    }

    private static String joined(PackageUrl purl) {
        return purl.namespace().isEmpty() ? purl.name() : purl.namespace() + "/" + purl.name();
    }

    private static PackageUrl split(String type, String name, char separator, String version) {
        int at = name.lastIndexOf(separator);
        return at < 0
                ? PackageUrl.of(type, "", name, version)
                : PackageUrl.of(type, name.substring(0, at), name.substring(at + 1), version);
    }
}
