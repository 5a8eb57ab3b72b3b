package io.muster.versions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The release of a distribution, as package URLs and OSV's ecosystems write it.
///
/// Two writings mean one release when their canonical forms are equal: `24.04` and `24.04:LTS`,
/// `bookworm` and `12`, `9.2` and `enterprise_linux:9::baseos`. A writing that no rule knows is its own
/// canonical form: it is never taken for every release.
final class Release {

    /// Distributions without releases: a purl's `distro` says nothing about them.
    private static final String ROLLING = "Chainguard|CleanStart|Echo|MinimOS|Wolfi";

    private static final Map<String, String> DEBIAN = Map.ofEntries(
            Map.entry("etch", "4"),
            Map.entry("lenny", "5"),
            Map.entry("squeeze", "6"),
            Map.entry("wheezy", "7"),
            Map.entry("jessie", "8"),
            Map.entry("stretch", "9"),
            Map.entry("buster", "10"),
            Map.entry("bullseye", "11"),
            Map.entry("bookworm", "12"),
            Map.entry("trixie", "13"),
            Map.entry("forky", "14"),
            Map.entry("duke", "15"),
            Map.entry("unstable", "sid"));

    private static final Map<String, String> UBUNTU = Map.ofEntries(
            Map.entry("lucid", "10.04"),
            Map.entry("precise", "12.04"),
            Map.entry("trusty", "14.04"),
            Map.entry("utopic", "14.10"),
            Map.entry("vivid", "15.04"),
            Map.entry("wily", "15.10"),
            Map.entry("xenial", "16.04"),
            Map.entry("yakkety", "16.10"),
            Map.entry("zesty", "17.04"),
            Map.entry("artful", "17.10"),
            Map.entry("bionic", "18.04"),
            Map.entry("cosmic", "18.10"),
            Map.entry("disco", "19.04"),
            Map.entry("eoan", "19.10"),
            Map.entry("focal", "20.04"),
            Map.entry("groovy", "20.10"),
            Map.entry("hirsute", "21.04"),
            Map.entry("impish", "21.10"),
            Map.entry("jammy", "22.04"),
            Map.entry("kinetic", "22.10"),
            Map.entry("lunar", "23.04"),
            Map.entry("mantic", "23.10"),
            Map.entry("noble", "24.04"),
            Map.entry("oracular", "24.10"),
            Map.entry("plucky", "25.04"),
            Map.entry("questing", "25.10"),
            Map.entry("resolute", "26.04"));

    private static final Pattern NUMBERS = Pattern.compile("v?([0-9]+)(?:\\.([0-9]+))?(?:[._ (-].*)?");
    private static final Pattern DISTRO = Pattern.compile("(?:(?<id>.*?)[-: ])?(?<release>[vV]?[0-9].*)");
    private static final Pattern RED_HAT = Pattern.compile("(?:enterprise_linux:|el)([0-9]+)(?:[.:_].*)?");
    private static final Pattern SUSE = Pattern.compile("(?:(?:SUSE )?Linux Enterprise (?!Micro)|Package Hub )(?:.* )?"
            + "(?<major>[0-9]+)(?:\\.(?<minor>[0-9]+)| SP(?<pack>[0-9]+))?(?:-\\S+)?");
    private static final Pattern SERVICE_PACK = Pattern.compile("([0-9]+)[- ][sS][pP]([0-9]+)(?:[^0-9].*)?");
    private static final Pattern SUSE_MICRO = Pattern.compile("(?:.* )?Micro ([0-9]+\\.[0-9]+)(?:[-. ].*)?");
    /// From this one on SUSE counts minor releases, not service packs.
    private static final int SUSE_WITHOUT_PACKS = 16;

    private static final Pattern YEAR_AND_MONTH = Pattern.compile("[0-9]{2}\\.[0-9]{2}");
    private static final Pattern NOT_NUMBER = Pattern.compile("[^0-9.]");
    private static final Pattern NOT_WORD = Pattern.compile("[^a-z0-9.]");

    private Release() {}

    /// Whether both suffixes of one distribution mean one release. What is said of no release is said of all.
    static boolean isSame(String distribution, String asked, String told) {
        return isDistribution(distribution)
                && (told.isEmpty()
                        || canonical(distribution, asked).equals(canonical(distribution, told))
                        || distribution.equals("openEuler") && isWhole(asked, told));
    }

    /// openEuler's `22.03` alone stands for all that begin so: `22.03-LTS`, `22.03-LTS-SP1`.
    private static boolean isWhole(String asked, String told) {
        return YEAR_AND_MONTH.matcher(asked).matches()
                && told.startsWith(asked)
                && NOT_NUMBER.matcher(told.substring(asked.length())).lookingAt();
    }

    private static boolean isDistribution(String ecosystem) {
        return switch (ecosystem) {
            case "AlmaLinux",
                    "Alpaquita",
                    "Alpine",
                    "Azure Linux",
                    "BellSoft Hardened Containers",
                    "Chainguard",
                    "CleanStart",
                    "Debian",
                    "Echo",
                    "Mageia",
                    "MinimOS",
                    "Photon OS",
                    "Red Hat",
                    "Rocky Linux",
                    "SUSE",
                    "TuxCare",
                    "Ubuntu",
                    "Wolfi",
                    "openEuler",
                    "openSUSE" -> true;
            default -> false;
        };
    }

    private static String canonical(String distribution, String suffix) {
        String lower = suffix.toLowerCase(Locale.ROOT);
        return switch (distribution) {
            case "Ubuntu" -> ubuntu(suffix);
            case "Debian" -> numbers(DEBIAN.getOrDefault(lower, lower), 1);
            case "Alpine" -> numbers(lower, 2);
            case "AlmaLinux", "Azure Linux", "Mageia", "Rocky Linux" -> numbers(lower, 1);
            case "Photon OS" -> lower.indexOf('.') < 0 ? lower + ".0" : numbers(lower, 2);
            case "Red Hat" -> first(RED_HAT, lower).orElseGet(() -> numbers(lower, 1));
            case "SUSE" -> suse(suffix);
            case "openEuler" -> NOT_WORD.matcher(lower).replaceAll("");
            case "Chainguard", "CleanStart", "Echo", "MinimOS", "Wolfi" -> "";
            default -> lower;
        };
    }

    /// Long-term support and the paid extension of it change who gets a fix, not which release has the flaw.
    private static String ubuntu(String suffix) {
        String bare = Arrays.stream(suffix.split(":"))
                .filter(part -> !part.equalsIgnoreCase("LTS") && !part.equalsIgnoreCase("Pro"))
                .collect(Collectors.joining(":"))
                .toLowerCase(Locale.ROOT);
        return numbers(UBUNTU.getOrDefault(bare, bare), 2);
    }

    private static String suse(String suffix) {
        Matcher product = SUSE.matcher(suffix);
        if (product.matches()) {
            String minor = product.group("minor") == null ? product.group("pack") : product.group("minor");
            return product.group("major") + "." + (minor == null ? "0" : minor);
        }
        Matcher pack = SERVICE_PACK.matcher(suffix);
        if (pack.matches()) {
            return pack.group(1) + "." + pack.group(2);
        }
        Matcher micro = SUSE_MICRO.matcher(suffix);
        if (micro.matches()) {
            return "micro " + micro.group(1);
        }
        Matcher bare = NUMBERS.matcher(suffix);
        return bare.matches()
                ? bare.group(1) + "." + (bare.group(2) == null ? "0" : bare.group(2))
                : suffix.toLowerCase(Locale.ROOT);
    }

    /// The first numbers of a release that begins with some, without a `v`; another text as it is.
    private static String numbers(String release, int count) {
        Matcher numbers = NUMBERS.matcher(release);
        if (!numbers.matches()) {
            return release;
        }
        return count == 1 || numbers.group(2) == null ? numbers.group(1) : numbers.group(1) + "." + numbers.group(2);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// The distribution before the release in a qualifier such as `debian-12`, in lower case; empty for a release
    /// alone.
    static String distributionIn(String distro) {
        Matcher parts = DISTRO.matcher(distro);
        String id = parts.matches() ? String.valueOf(parts.group("id")) : distro;
        return id.toLowerCase(Locale.ROOT);
    }

    /// The suffix with which OSV writes the release that a purl's `distro` names; what no rule knows stays as given.
    static String suffix(String distribution, String distro) {
        boolean isNameAlone = distro.equalsIgnoreCase(distribution);
        if (distro.isBlank() || isNameAlone || distribution.matches(ROLLING)) {
            return "";
        }
        Matcher parts = DISTRO.matcher(distro);
        String release = parts.matches() ? parts.group("release") : codename(distro);
        if (release.isBlank()) {
            return distro;
        }
        return switch (distribution) {
            case "Ubuntu" -> canonical(distribution, release);
            case "Debian", "AlmaLinux", "Azure Linux", "Mageia", "Rocky Linux", "Red Hat" ->
                canonical(distribution, release);
            case "Alpine" -> alpine(canonical(distribution, release));
            case "SUSE" -> suseName(distro.toLowerCase(Locale.ROOT), release);
            case "openSUSE" -> openSuseName(distro.toLowerCase(Locale.ROOT), release);
            default -> release;
        };
    }

    private static String codename(String distro) {
        return distro.substring(distro.lastIndexOf('-') + 1);
    }

    private static String alpine(String numbers) {
        return Digits.isDigit(numbers.charAt(0)) ? "v" + numbers : numbers;
    }

    private static String suseName(String distro, String given) {
        Matcher pack = SERVICE_PACK.matcher(given);
        String release = pack.matches() ? pack.group(1) + "." + pack.group(2) : given;
        Matcher numbers = NUMBERS.matcher(release);
        if (!numbers.matches()) {
            return release;
        }
        if (distro.contains("micro")) {
            return "Linux Enterprise Micro " + numbers(release, 2);
        }
        if (numbers.group(1).length() > 1 && Integer.parseInt(numbers.group(1).substring(0, 2)) >= SUSE_WITHOUT_PACKS) {
            return "Linux Enterprise Server " + numbers(release, 2);
        }
        boolean isFirst = numbers.group(2) == null || numbers.group(2).equals("0");
        return "Linux Enterprise Server " + numbers.group(1) + (isFirst ? "" : " SP" + numbers.group(2));
    }

    private static String openSuseName(String distro, String release) {
        if (distro.contains("tumbleweed")) {
            return "Tumbleweed";
        }
        return (distro.contains("micro") ? "Leap Micro " : "Leap ") + release;
    }
}
