package io.muster.versions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which package URL type is which OSV ecosystem, and how the two write one name.
///
/// A language has one ecosystem. A distribution's package has the type of its package manager, the distribution as
/// namespace, and its release in the qualifier `distro` (`debian-12`, `alpine-3.19.1`).
final class PurlEcosystems {

    /// @param separator between namespace and name in OSV's spelling
    private record Language(String type, Ecosystem ecosystem, char separator) {}

    private static final List<Language> LANGUAGES = List.of(
            new Language("npm", Ecosystem.NPM, '/'),
            new Language("pypi", Ecosystem.PYPI, '/'),
            new Language("maven", Ecosystem.MAVEN, ':'),
            new Language("golang", Ecosystem.GO, '/'),
            new Language("cargo", Ecosystem.CRATES_IO, '/'),
            new Language("gem", Ecosystem.RUBYGEMS, '/'),
            new Language("composer", Ecosystem.PACKAGIST, '/'),
            new Language("nuget", Ecosystem.NUGET, '/'),
            new Language("hackage", Ecosystem.HACKAGE, '/'),
            new Language("cran", Ecosystem.CRAN, '/'),
            new Language("pub", Ecosystem.PUB, '/'),
            new Language("hex", Ecosystem.HEX, '/'),
            new Language("conan", Ecosystem.CONAN_CENTER, '/'),
            new Language("swift", Ecosystem.SWIFT_URL, '/'),
            new Language("bitnami", Ecosystem.BITNAMI, '/'),
            new Language("opam", Ecosystem.OPAM, '/'),
            new Language("github", Ecosystem.GITHUB_ACTIONS, '/'),
            new Language("githubactions", Ecosystem.GITHUB_ACTIONS, '/'));

    /// By type and namespace.
    private static final Map<String, Ecosystem> DISTRIBUTIONS = Map.ofEntries(
            Map.entry("apk/alpine", Ecosystem.ALPINE),
            Map.entry("apk/chainguard", Ecosystem.CHAINGUARD),
            Map.entry("apk/wolfi", Ecosystem.WOLFI),
            Map.entry("deb/debian", Ecosystem.DEBIAN),
            Map.entry("deb/ubuntu", Ecosystem.UBUNTU),
            Map.entry("rpm/almalinux", Ecosystem.ALMALINUX),
            Map.entry("rpm/redhat", Ecosystem.RED_HAT),
            Map.entry("rpm/rocky", Ecosystem.ROCKY_LINUX),
            Map.entry("rpm/rocky-linux", Ecosystem.ROCKY_LINUX),
            Map.entry("rpm/suse", Ecosystem.SUSE));

    private static final Map<String, Language> BY_TYPE = new LinkedHashMap<>();
    private static final Map<Ecosystem, Language> BY_ECOSYSTEM = new LinkedHashMap<>();

    static {
        for (Language language : LANGUAGES) {
            BY_TYPE.put(language.type(), language);
            BY_ECOSYSTEM.putIfAbsent(language.ecosystem(), language);
        }
    }

    private PurlEcosystems() {}

    static Optional<PackageName> packageName(PackageUrl purl) {
        var language = BY_TYPE.get(purl.type());
        if (language != null) {
            return Optional.of(new PackageName(language.ecosystem(), joined(purl, language.separator())));
        }
        return Optional.ofNullable(DISTRIBUTIONS.get(purl.type() + "/" + purl.namespace()))
                .map(distribution -> new PackageName(released(distribution, purl), purl.name()));
    }

    private static String joined(PackageUrl purl, char separator) {
        return purl.namespace().isEmpty() ? purl.name() : purl.namespace() + separator + purl.name();
    }

    /// OSV writes `Debian:12`, `Alpine:v3.19`, `Rocky Linux:9`; without a `distro` that tells the release, no suffix.
    private static Ecosystem released(Ecosystem distribution, PackageUrl purl) {
        String distro = purl.qualifiers().getOrDefault("distro", "");
        String release = distro.substring(distro.lastIndexOf('-') + 1);
        int dot = release.indexOf('.');
        int secondDot = dot < 0 ? -1 : release.indexOf('.', dot + 1);
        if (release.isEmpty() || !Digits.isDigit(release.charAt(0))) {
            return distribution;
        }
        return switch (distribution.name()) {
            case "Alpine" ->
                new Ecosystem(distribution.name(), "v" + (secondDot < 0 ? release : release.substring(0, secondDot)));
            case "Debian", "Rocky Linux", "AlmaLinux" ->
                new Ecosystem(distribution.name(), dot < 0 ? release : release.substring(0, dot));
            case "Ubuntu" -> new Ecosystem(distribution.name(), release);
            default -> distribution;
        };
    }

    static Optional<PackageUrl> packageUrl(PackageName name, String version) {
        return Optional.ofNullable(BY_ECOSYSTEM.get(name.ecosystem().withoutSuffix()))
                .map(language -> packageUrl(language, name.name(), version));
    }

    private static PackageUrl packageUrl(Language language, String name, String version) {
        boolean mayHaveNamespace = PurlType.of(language.type()).namespace() != PurlType.Presence.PROHIBITED;
        int at = mayHaveNamespace ? name.lastIndexOf(language.separator()) : -1;
        return at < 0
                ? PackageUrl.of(language.type(), "", name, version)
                : PackageUrl.of(language.type(), name.substring(0, at), name.substring(at + 1), version);
    }
}
