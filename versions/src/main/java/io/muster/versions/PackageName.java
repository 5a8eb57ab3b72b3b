package io.muster.versions;

import java.util.Locale;
import java.util.regex.Pattern;

/// A package within its ecosystem, always in the ecosystem's normal form: two spellings of one package are equal.
///
/// PyPI folds case and runs of `-`, `_`, `.` into one `-` (PEP 503); NuGet, Packagist, Hex, Pub and GitHub Actions
/// fold case. npm, Maven, Go, crates.io, RubyGems and the distributions are case-sensitive and stay as they are.
public record PackageName(Ecosystem ecosystem, String name) {

    private static final Pattern PYPI_SEPARATORS = Pattern.compile("[-_.]+");

    public PackageName {
        if (name.isBlank()) {
            throw new IllegalArgumentException("cannot name a package of " + ecosystem + ": the name is blank");
        }
        name = normal(ecosystem, name);
    }

    private static String normal(Ecosystem ecosystem, String name) {
        return switch (ecosystem.name()) {
            case "PyPI" -> PYPI_SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
            case "NuGet", "Packagist", "Hex", "Pub", "GitHub Actions" -> name.toLowerCase(Locale.ROOT);
            default -> name;
        };
    }

    @Override
    public String toString() {
        return ecosystem + "/" + name;
    }
}
