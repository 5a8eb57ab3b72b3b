package io.muster.versions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

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
            new Language("julia", Ecosystem.JULIA, '/'),
            new Language("vscode-extension", Ecosystem.VSCODE, '.'),
            new Language("githubactions", Ecosystem.GITHUB_ACTIONS, '/'));

    private static final Pattern DOTS_AND_BLANKS = Pattern.compile("[. ]+");

    /// By type and namespace, as OSV's own tools and those that write SBOMs call them.
    private static final Map<String, Ecosystem> DISTRIBUTIONS = Map.ofEntries(
            Map.entry("apk/alpaquita", Ecosystem.ALPAQUITA),
            Map.entry("apk/alpine", Ecosystem.ALPINE),
            Map.entry("apk/bellsoft-hardened-containers", Ecosystem.BELLSOFT),
            Map.entry("apk/chainguard", Ecosystem.CHAINGUARD),
            Map.entry("apk/cleanstart", Ecosystem.CLEANSTART),
            Map.entry("apk/minimos", Ecosystem.MINIMOS),
            Map.entry("apk/wolfi", Ecosystem.WOLFI),
            Map.entry("deb/debian", Ecosystem.DEBIAN),
            Map.entry("deb/echo", Ecosystem.ECHO),
            Map.entry("deb/ubuntu", Ecosystem.UBUNTU),
            Map.entry("rpm/alma", Ecosystem.ALMALINUX),
            Map.entry("rpm/almalinux", Ecosystem.ALMALINUX),
            Map.entry("rpm/azure-linux", Ecosystem.AZURE_LINUX),
            Map.entry("rpm/azurelinux", Ecosystem.AZURE_LINUX),
            Map.entry("rpm/cbl-mariner", Ecosystem.AZURE_LINUX),
            Map.entry("rpm/mageia", Ecosystem.MAGEIA),
            Map.entry("rpm/mariner", Ecosystem.AZURE_LINUX),
            Map.entry("rpm/openeuler", Ecosystem.OPENEULER),
            Map.entry("rpm/opensuse", Ecosystem.OPENSUSE),
            Map.entry("rpm/opensuse-leap", Ecosystem.OPENSUSE),
            Map.entry("rpm/opensuse-tumbleweed", Ecosystem.OPENSUSE),
            Map.entry("rpm/photon", Ecosystem.PHOTON_OS),
            Map.entry("rpm/photon-os", Ecosystem.PHOTON_OS),
            Map.entry("rpm/redhat", Ecosystem.RED_HAT),
            Map.entry("rpm/red-hat", Ecosystem.RED_HAT),
            Map.entry("rpm/rhel", Ecosystem.RED_HAT),
            Map.entry("rpm/rocky", Ecosystem.ROCKY_LINUX),
            Map.entry("rpm/rocky-linux", Ecosystem.ROCKY_LINUX),
            Map.entry("rpm/rockylinux", Ecosystem.ROCKY_LINUX),
            Map.entry("rpm/sl-micro", Ecosystem.SUSE),
            Map.entry("rpm/sle", Ecosystem.SUSE),
            Map.entry("rpm/sle-micro", Ecosystem.SUSE),
            Map.entry("rpm/sled", Ecosystem.SUSE),
            Map.entry("rpm/sles", Ecosystem.SUSE),
            Map.entry("rpm/suse", Ecosystem.SUSE),
            Map.entry("rpm/suse-linux-enterprise-server", Ecosystem.SUSE));

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
        return distribution(purl)
                .map(distribution ->
                        new PackageName(new Ecosystem(distribution.name(), release(distribution, purl)), purl.name()));
    }

    /// The language behind a package URL type.
    static Optional<Ecosystem> ofType(String type) {
        return Optional.ofNullable(BY_TYPE.get(type.toLowerCase(Locale.ROOT))).map(Language::ecosystem);
    }

    /// By the namespace, or by what stands before the release where a tool leaves the namespace out.
    private static Optional<Ecosystem> distribution(PackageUrl purl) {
        String namespace = purl.namespace().isEmpty()
                ? Release.distributionIn(purl.qualifiers().getOrDefault("distro", ""))
                : purl.namespace();
        return Optional.ofNullable(DISTRIBUTIONS.get(
                purl.type() + "/" + DOTS_AND_BLANKS.matcher(namespace).replaceAll("-")));
    }

    private static String joined(PackageUrl purl, char separator) {
        return purl.namespace().isEmpty() ? purl.name() : purl.namespace() + separator + purl.name();
    }

    /// OSV writes `Debian:12`, `Alpine:v3.19`, `Rocky Linux:9`; without a `distro`, no suffix. SUSE's two distributions
    /// have their product in the namespace where the `distro` is a number alone.
    private static String release(Ecosystem distribution, PackageUrl purl) {
        String distro = purl.qualifiers().getOrDefault("distro", "");
        boolean isTumbleweed = purl.namespace().endsWith("tumbleweed");
        return isTumbleweed ? "Tumbleweed" : Release.suffix(distribution.name(), distro);
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
