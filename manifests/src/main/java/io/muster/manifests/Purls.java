package io.muster.manifests;

import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import io.muster.versions.PackageUrl;

/// From package URLs to package names and back, also for types that OSV has no ecosystem for.
final class Purls {

    private Purls() {}

    /// The package URL of a package in one of the ecosystems that lockfiles are about.
    ///
    /// @param name as the file spells it: package URLs have their own rules of case and separators
    /// @throws IllegalArgumentException when the name cannot be a package URL
    static PackageUrl of(Ecosystem ecosystem, String name, String version) {
        return switch (ecosystem.name()) {
            case "npm" -> split("npm", name, '/', version);
            case "PyPI" -> PackageUrl.of("pypi", "", name, version);
            case "Go" -> split("golang", name, '/', version);
            case "crates.io" -> PackageUrl.of("cargo", "", name, version);
            case "Maven" -> split("maven", name, ':', version);
            case "RubyGems" -> PackageUrl.of("gem", "", name, version);
            case "Packagist" -> split("composer", name, '/', version);
            case "NuGet" -> PackageUrl.of("nuget", "", name, version);
            case "Pub" -> PackageUrl.of("pub", "", name, version);
            case "Hex" -> split("hex", name, '/', version);
            case "ConanCenter" -> PackageUrl.of("conan", "", name, version);
            default -> PackageUrl.of("generic", "", name, version);
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
