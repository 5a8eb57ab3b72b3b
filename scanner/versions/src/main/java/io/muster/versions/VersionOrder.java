package io.muster.versions;

import java.util.Optional;

/// The total order in which one or more ecosystems sort their versions.
///
/// Every text has a place: [#parse] never throws, and [#compare] is total, antisymmetric and transitive on all texts.
/// (One exception, which OSV's own vectors ask for: [#PACKAGIST] versions with the word `#`.)
public enum VersionOrder {
    /// apk: numbers, a letter, suffixes such as `_rc1`, a revision.
    ALPINE,
    /// R's `package_version`: whole numbers, a longer one is newer.
    CRAN,
    /// dpkg: epoch, upstream version, revision.
    DEBIAN,
    /// Cabal's `Version`: whole numbers, a longer one is newer.
    HACKAGE,
    /// Maven's version specification.
    MAVEN,
    /// Semantic Versioning with a fourth number, case folded.
    NUGET,
    /// PHP's `version_compare`, as Composer's packages are listed.
    PACKAGIST,
    /// Semantic Versioning in which build metadata decides a tie.
    PUB,
    /// PEP 440, and below it what setuptools sorted before there was PEP 440.
    PYPI,
    /// rpmvercmp: epoch, version, release.
    RPM,
    /// `Gem::Version`.
    RUBYGEMS,
    /// Semantic Versioning 2.0, read leniently: npm, Go, crates.io, Hex and others.
    SEMANTIC;

    /// The order of an ecosystem, whatever its suffix; empty when this version of Muster knows none, and then only
    /// the versions that a record lists one by one can be matched.
    public static Optional<VersionOrder> of(Ecosystem ecosystem) {
        return switch (ecosystem.name()) {
            case "npm",
                    "Go",
                    "crates.io",
                    "Hex",
                    "Bioconductor",
                    "Bitnami",
                    "ConanCenter",
                    "GitHub Actions",
                    "Julia",
                    "Kubernetes",
                    "SwiftURL",
                    "VSCode" -> Optional.of(SEMANTIC);
            case "PyPI" -> Optional.of(PYPI);
            case "Maven" -> Optional.of(MAVEN);
            case "RubyGems" -> Optional.of(RUBYGEMS);
            case "Packagist" -> Optional.of(PACKAGIST);
            case "NuGet" -> Optional.of(NUGET);
            case "Pub" -> Optional.of(PUB);
            case "Hackage", "GHC" -> Optional.of(HACKAGE);
            case "CRAN" -> Optional.of(CRAN);
            case "Debian", "Echo", "Ubuntu", "opam" -> Optional.of(DEBIAN);
            case "Alpine",
                    "Alpaquita",
                    "BellSoft Hardened Containers",
                    "Chainguard",
                    "CleanStart",
                    "MinimOS",
                    "Wolfi" -> Optional.of(ALPINE);
            case "Red Hat",
                    "AlmaLinux",
                    "Azure Linux",
                    "Mageia",
                    "openEuler",
                    "openSUSE",
                    "Photon OS",
                    "Rocky Linux",
                    "SUSE" -> Optional.of(RPM);
            default -> Optional.empty();
        };
    }

    /// Reads any text, also one that the ecosystem's own tool would refuse.
    public ParsedVersion parse(String version) {
        return switch (this) {
            case ALPINE -> AlpineVersion.read(version);
            case CRAN -> NumberedVersion.readCran(version);
            case DEBIAN -> DebianVersion.read(version);
            case HACKAGE -> NumberedVersion.readHackage(version);
            case MAVEN -> MavenVersion.read(version);
            case NUGET -> SemanticVersion.readNuget(version);
            case PACKAGIST -> PackagistVersion.read(version);
            case PUB -> SemanticVersion.readPub(version);
            case PYPI -> PypiVersion.read(version);
            case RPM -> RpmVersion.read(version);
            case RUBYGEMS -> RubygemsVersion.read(version);
            case SEMANTIC -> SemanticVersion.read(version);
        };
    }

    /// Negative when `a` is older than `b`, zero when they are equal in this order, positive when `a` is newer.
    public int compare(String a, String b) {
        return parse(a).against(parse(b));
    }
}
