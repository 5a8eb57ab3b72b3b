package io.muster.versions;

import java.util.Map;
import java.util.Optional;

/// Which package URL type is which OSV ecosystem, and how the two write one name.
final class PurlEcosystems {

    private static final Map<String, Ecosystem> BY_TYPE = Map.ofEntries(
            Map.entry("npm", Ecosystem.NPM),
            Map.entry("pypi", Ecosystem.PYPI),
            Map.entry("maven", Ecosystem.MAVEN),
            Map.entry("golang", Ecosystem.GO),
            Map.entry("cargo", Ecosystem.CRATES_IO),
            Map.entry("gem", Ecosystem.RUBYGEMS),
            Map.entry("composer", Ecosystem.PACKAGIST),
            Map.entry("nuget", Ecosystem.NUGET),
            Map.entry("hackage", Ecosystem.HACKAGE),
            Map.entry("cran", Ecosystem.CRAN),
            Map.entry("pub", Ecosystem.PUB),
            Map.entry("hex", Ecosystem.HEX),
            Map.entry("conan", Ecosystem.CONAN_CENTER),
            Map.entry("swift", Ecosystem.SWIFT_URL),
            Map.entry("bitnami", Ecosystem.BITNAMI));

    private PurlEcosystems() {}

    static Optional<PackageName> packageName(PackageUrl purl) {
        return Optional.ofNullable(BY_TYPE.get(purl.type()))
                .map(ecosystem -> new PackageName(ecosystem, osvName(purl)));
    }

    private static String osvName(PackageUrl purl) {
        if (purl.namespace().isEmpty()) {
            return purl.name();
        }
        String separator = purl.type().equals("maven") ? ":" : "/";
        return purl.namespace() + separator + purl.name();
    }
}
