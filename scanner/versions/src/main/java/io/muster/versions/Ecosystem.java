package io.muster.versions;

/// The place a package comes from, named as OSV names it: a name and, for some, what follows the first colon.
///
/// `Debian:12` is the ecosystem `Debian` with the suffix `12`; `npm` has the empty suffix. Names are case-sensitive
/// and open: an ecosystem that this version does not know is still a valid value, it only has no [VersionOrder].
/// [OSV schema, `affected[].package.ecosystem`]
public record Ecosystem(String name, String suffix) {

    public static final Ecosystem ALMALINUX = named("AlmaLinux");
    public static final Ecosystem ALPAQUITA = named("Alpaquita");
    public static final Ecosystem ALPINE = named("Alpine");
    public static final Ecosystem AZURE_LINUX = named("Azure Linux");
    public static final Ecosystem BELLSOFT = named("BellSoft Hardened Containers");
    public static final Ecosystem BITNAMI = named("Bitnami");
    public static final Ecosystem CHAINGUARD = named("Chainguard");
    public static final Ecosystem CLEANSTART = named("CleanStart");
    public static final Ecosystem CONAN_CENTER = named("ConanCenter");
    public static final Ecosystem CRAN = named("CRAN");
    public static final Ecosystem CRATES_IO = named("crates.io");
    public static final Ecosystem DEBIAN = named("Debian");
    public static final Ecosystem ECHO = named("Echo");
    public static final Ecosystem GHC = named("GHC");
    public static final Ecosystem GITHUB_ACTIONS = named("GitHub Actions");
    public static final Ecosystem GO = named("Go");
    public static final Ecosystem HACKAGE = named("Hackage");
    public static final Ecosystem HEX = named("Hex");
    public static final Ecosystem JULIA = named("Julia");
    public static final Ecosystem MAGEIA = named("Mageia");
    public static final Ecosystem MAVEN = named("Maven");
    public static final Ecosystem MINIMOS = named("MinimOS");
    public static final Ecosystem NPM = named("npm");
    public static final Ecosystem NUGET = named("NuGet");
    public static final Ecosystem OPAM = named("opam");
    public static final Ecosystem OPENEULER = named("openEuler");
    public static final Ecosystem OPENSUSE = named("openSUSE");
    public static final Ecosystem PACKAGIST = named("Packagist");
    public static final Ecosystem PHOTON_OS = named("Photon OS");
    public static final Ecosystem PUB = named("Pub");
    public static final Ecosystem PYPI = named("PyPI");
    public static final Ecosystem RED_HAT = named("Red Hat");
    public static final Ecosystem ROCKY_LINUX = named("Rocky Linux");
    public static final Ecosystem RUBYGEMS = named("RubyGems");
    public static final Ecosystem SUSE = named("SUSE");
    public static final Ecosystem SWIFT_URL = named("SwiftURL");
    public static final Ecosystem UBUNTU = named("Ubuntu");
    public static final Ecosystem VSCODE = named("VSCode");
    public static final Ecosystem WOLFI = named("Wolfi");

    public Ecosystem {
        if (name.isBlank() || name.indexOf(':') >= 0) {
            throw new IllegalArgumentException("cannot name an ecosystem '" + name
                    + "': the name must not be blank nor hold a colon; what follows the colon is the suffix");
        }
    }

    /// The ecosystem written as `name` or `name:suffix`; only the first colon separates, as in `Maven:https://…`.
    public static Ecosystem parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? named(text) : new Ecosystem(text.substring(0, colon), text.substring(colon + 1));
    }

    private static Ecosystem named(String name) {
        return new Ecosystem(name, "");
    }

    /// This ecosystem without its suffix: all releases of a distribution, all registries of a language.
    public Ecosystem withoutSuffix() {
        return suffix.isEmpty() ? this : named(name);
    }

    /// Whether what is said of `told` answers a question about this ecosystem. Without a suffix the question covers
    /// every release or registry; with one that release, however either of the two writes it
    /// (`Ubuntu:24.04` and `Ubuntu:24.04:LTS`), and what is said of a distribution as a whole.
    public boolean covers(Ecosystem told) {
        return name.equals(told.name)
                && (suffix.isEmpty() || suffix.equals(told.suffix) || Release.isSame(name, suffix, told.suffix));
    }

    @Override
    public String toString() {
        return suffix.isEmpty() ? name : name + ":" + suffix;
    }
}
