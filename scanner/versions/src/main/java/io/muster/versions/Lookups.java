package io.muster.versions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// From a package URL to what to ask about it.
final class Lookups {

    /// A gem's version holds no hyphen; what follows one is the platform that the copy was built for.
    private static final Pattern GEM_PLATFORM = Pattern.compile(
            "-(?:ruby|jruby|java|universal|x86|x64|x86_64|amd64|i[3-6]86|arm|arm64|armv?[0-9]\\w*|aarch64|ppc\\w*"
                    + "|s390x?|riscv\\w*|mips\\w*|sparc\\w*|mswin\\w*|mingw\\w*|darwin\\w*|linux\\w*|freebsd\\w*"
                    + "|dalvik\\w*|dotnet\\w*|truffleruby|wasm\\w*)(?:-.*)?$");

    private static final Pattern EPOCH = Pattern.compile("[1-9][0-9]{0,9}");

    /// `name-version-release.src.rpm`, the file a binary rpm was built from.
    private static final Pattern SOURCE_RPM =
            Pattern.compile("(?<name>.+)-(?<version>[^-]+-[^-]+?)\\.(?:no)?src(?:\\.rpm)?");

    private Lookups() {}

    static List<Lookup> of(PackageUrl purl, String version) {
        Optional<PackageName> name = purl.packageName();
        if (name.isEmpty() || version.isEmpty()) {
            return List.of();
        }
        return switch (purl.type()) {
            case "deb", "rpm", "apk" -> ofDistribution(purl, name.get(), withEpoch(purl, version));
            case "gem" -> List.of(new Lookup(name.get(), withoutPlatform(version)));
            case "golang" -> List.of(new Lookup(name.get(), withoutToolchain(version)));
            default -> List.of(new Lookup(name.get(), version));
        };
    }

    private static String withoutPlatform(String version) {
        Matcher platform = GEM_PLATFORM.matcher(version);
        return platform.find() && platform.start() > 0 ? version.substring(0, platform.start()) : version;
    }

    /// `go1.22.2`, as the toolchain calls itself.
    private static String withoutToolchain(String version) {
        boolean isToolchain = version.startsWith("go") && version.length() > 2 && Digits.isDigit(version.charAt(2));
        return isToolchain ? version.substring(2) : version;
    }

    private static String withEpoch(PackageUrl purl, String version) {
        String epoch = purl.qualifiers().getOrDefault("epoch", "");
        boolean isMissing = EPOCH.matcher(epoch).matches() && version.indexOf(':') < 0;
        return isMissing ? epoch + ":" + version : version;
    }

    /// Debian's binary and source packages have names of their own, and its records speak of sources alone. The others
    /// publish by either, and name no binary package like a foreign source.
    private static List<Lookup> ofDistribution(PackageUrl purl, PackageName name, String version) {
        var own = new Lookup(name, version);
        Optional<Lookup> source = source(purl, own);
        if (source.isEmpty()) {
            return List.of(own);
        }
        var lookups = new ArrayList<Lookup>(2);
        if (!purl.type().equals("deb")) {
            lookups.add(own);
        }
        if (!lookups.contains(source.get())) {
            lookups.add(source.get());
        }
        return List.copyOf(lookups);
    }

    /// `upstream=openssl`, `upstream=openssl@3.0.11-1`, or the name of a source rpm.
    private static Optional<Lookup> source(PackageUrl purl, Lookup own) {
        String upstream = purl.qualifiers().getOrDefault("upstream", "").strip();
        Matcher rpm = SOURCE_RPM.matcher(upstream);
        boolean isRpm = purl.type().equals("rpm") && rpm.matches();
        int at = upstream.indexOf('@');
        String name = isRpm ? rpm.group("name") : at < 0 ? upstream : upstream.substring(0, at);
        String version = isRpm ? rpm.group("version") : at < 0 ? "" : upstream.substring(at + 1);
        if (name.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new Lookup(
                new PackageName(own.name().ecosystem(), name),
                version.isBlank() ? own.version() : withEpoch(purl, version)));
    }
}
