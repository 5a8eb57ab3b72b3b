package io.muster.versions;

import io.muster.encoding.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The ecosystems that OSV names, for words that a person types. [OSV schema, `ecosystems.json` of 2026-07]
///
/// Records may name others, which are values like any; a person who types another has mostly misspelt one of these.
public final class KnownEcosystems {

    private static final List<String> NAMES = List.of(
            "AlmaLinux",
            "Alpaquita",
            "Alpine",
            "Android",
            "Azure Linux",
            "BellSoft Hardened Containers",
            "Bioconductor",
            "Bitnami",
            "CRAN",
            "Chainguard",
            "CleanStart",
            "ConanCenter",
            "Debian",
            "Docker Hardened Images",
            "Echo",
            "FreeBSD",
            "GHC",
            "GitHub Actions",
            "Go",
            "Hackage",
            "Hex",
            "Julia",
            "Kubernetes",
            "Linux",
            "Mageia",
            "Maven",
            "MinimOS",
            "NuGet",
            "OSS-Fuzz",
            "Packagist",
            "Photon OS",
            "Pub",
            "PyPI",
            "Red Hat",
            "Rocky Linux",
            "Root",
            "RubyGems",
            "SUSE",
            "SwiftURL",
            "TuxCare",
            "Ubuntu",
            "VSCode",
            "Wolfi",
            "crates.io",
            "npm",
            "openEuler",
            "openSUSE",
            "opam");

    /// Package URL types that ask nothing special of a namespace or name.
    private static final Set<String> PLAIN_TYPES =
            Set.of("conan", "docker", "generic", "githubactions", "gitlab", "golang", "huggingface", "maven", "swid");

    private KnownEcosystems() {}

    /// Whether the purl specification, or a tool that is widely used, has a package URL type of this name.
    public static boolean isType(String type) {
        return PLAIN_TYPES.contains(type) || PurlType.withRules().contains(type);
    }

    /// The package URL type that is spelt most like a word.
    public static String nearestType(String word) {
        List<String> types = Stream.concat(PLAIN_TYPES.stream(), PurlType.withRules().stream())
                .toList();
        return Nearest.to(word, types);
    }

    /// The ecosystem a person means by a word: its name in any case, with or without a release behind a colon, or the
    /// package URL type of a language. Empty for a word that names none.
    public static Optional<Ecosystem> find(String word) {
        var given = word.isBlank() || word.startsWith(":")
                ? Optional.<Ecosystem>empty()
                : Optional.of(Ecosystem.parse(word));
        return given.flatMap(ecosystem -> NAMES.stream()
                .filter(name -> name.equalsIgnoreCase(ecosystem.name()))
                .findFirst()
                .map(name -> new Ecosystem(name, ecosystem.suffix()))
                .or(() -> PurlEcosystems.ofType(word)));
    }

    /// The name that is spelt most like a word.
    public static String nearestTo(String word) {
        int colon = word.indexOf(':');
        return Nearest.to(colon < 0 ? word : word.substring(0, colon), NAMES);
    }
}
