package io.muster.manifests;

import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import io.muster.versions.PackageUrl;
import java.util.TreeMap;

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
            case "Hackage" -> PackageUrl.of("hackage", "", name, version);
            case "CRAN", "Bioconductor" -> PackageUrl.of("cran", "", name, version);
            case "SwiftURL" -> split("swift", name, '/', version);
            case "cocoapods" -> cocoapod(name, version);
            case "conda" -> PackageUrl.of("conda", "", name, version);
            default -> PackageUrl.of("generic", "", name, version);
        };
    }

    /// The name an advisory would use; for a type outside OSV an open ecosystem that no advisory names.
    static PackageName nameOf(PackageUrl purl) {
        return purl.packageName().orElseGet(() -> new PackageName(Ecosystem.parse(purl.type()), joined(purl)));
    }

    /// The package URL with the version that the file gives beside it, where it has none itself.
    static PackageUrl versioned(PackageUrl purl, String version) {
        return version.isEmpty() || !purl.version().isEmpty()
                ? purl
                : new PackageUrl(
                        purl.type(), purl.namespace(), purl.name(), version, purl.qualifiers(), purl.subpath());
    }

    /// The package URL with what the component beside it makes clear: the source a distribution's package was built
    /// from, and the Go module whose path a tool has cut into a module and a subpath.
    ///
    /// @param source `name` or `name@version`; empty when nothing tells it
    static PackageUrl meant(PackageUrl purl, String name, String source) {
        boolean isBinary = purl.type().equals("deb")
                || purl.type().equals("rpm")
                || purl.type().equals("apk");
        if (isBinary && !source.isEmpty() && purl.qualifier("upstream").isEmpty()) {
            return purl.withQualifier("upstream", source);
        }
        boolean isCut = purl.type().equals("golang")
                && !purl.subpath().isEmpty()
                && name.equals(joined(purl) + "/" + purl.subpath());
        if (!isCut) {
            return purl;
        }
        int slash = name.lastIndexOf('/');
        return new PackageUrl(
                purl.type(),
                name.substring(0, slash),
                name.substring(slash + 1),
                purl.version(),
                purl.qualifiers(),
                "");
    }

    private static String joined(PackageUrl purl) {
        return purl.namespace().isEmpty() ? purl.name() : purl.namespace() + "/" + purl.name();
    }

    /// A part of a pod (`Pod/Part`) is a subpath. [purl specification, `cocoapods`]
    private static PackageUrl cocoapod(String name, String version) {
        int slash = name.indexOf('/');
        String pod = slash < 0 ? name : name.substring(0, slash);
        String part = slash < 0 ? "" : name.substring(slash + 1);
        return new PackageUrl("cocoapods", "", pod, version, new TreeMap<>(), part);
    }

    private static PackageUrl split(String type, String name, char separator, String version) {
        int at = name.lastIndexOf(separator);
        return at < 0
                ? PackageUrl.of(type, "", name, version)
                : PackageUrl.of(type, name.substring(0, at), name.substring(at + 1), version);
    }
}
