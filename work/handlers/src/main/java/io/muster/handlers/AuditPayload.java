package io.muster.handlers;

import io.muster.versions.Ecosystem;
import io.muster.versions.Lookup;
import io.muster.versions.PackageName;
import io.muster.versions.PackageUrl;
import io.muster.versions.PackageUrlAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to look up, and in which database: either a package URL with a version, or ecosystem, name and version.
///
/// @param database the digest of the advisory database, with or without `sha256:` in front
/// @param minimumMillis makes the look-up take at least this long, so that a demonstration can be watched; 0 for
///     no longer than needed
record AuditPayload(
        @Nullable String purl,
        @Nullable String ecosystem,
        @Nullable String name,
        @Nullable String version,
        @Nullable String database,
        long minimumMillis) {
    /// A minute: longer than anybody watches one package.
    static final long MAX_MINIMUM_MILLIS = 60_000;

    AuditPayload {
        if (minimumMillis < 0 || minimumMillis > MAX_MINIMUM_MILLIS) {
            throw new IllegalArgumentException(
                    "'minimumMillis' is " + minimumMillis + ": choose 0 to " + MAX_MINIMUM_MILLIS);
        }
        if (database == null) {
            throw new IllegalArgumentException("'database' is missing: name the advisory database by its digest");
        }
    }

    /// What the payload asks for.
    sealed interface Subject {
        /// A version of a package that advisories can speak of.
        ///
        /// @param purl the package URL, or what the payload said where there is none
        record Known(List<Lookup> lookups, String purl) implements Subject {
            public Known {
                lookups = List.copyOf(lookups);
            }
        }

        /// Nothing that can be looked up, and why.
        record Unknown(String why) implements Subject {}
    }

    Subject subject() {
        if (purl != null) {
            return switch (PackageUrl.parse(purl)) {
                case PackageUrlAnswer.Malformed malformed ->
                    new Subject.Unknown("'" + purl + "' is no package URL: " + malformed.reason());
                case PackageUrlAnswer.Valid(PackageUrl parsed) -> subject(parsed);
            };
        }
        if (ecosystem == null || name == null || version == null) {
            return new Subject.Unknown("name the package by 'purl', or by 'ecosystem', 'name' and 'version'");
        }
        try {
            PackageName packageName = new PackageName(Ecosystem.parse(ecosystem), name);
            String shown =
                    packageName.packageUrl(version).map(PackageUrl::toString).orElse(packageName + "@" + version);
            return new Subject.Known(List.of(new Lookup(packageName, version)), shown);
        } catch (IllegalArgumentException e) {
            return new Subject.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private static Subject subject(PackageUrl parsed) {
        if (parsed.version().isEmpty()) {
            return new Subject.Unknown(parsed + " names no version: add @ and the version in use");
        }
        List<Lookup> lookups = parsed.lookups(parsed.version());
        return lookups.isEmpty()
                ? new Subject.Unknown(parsed + " belongs to no ecosystem that advisories of the OSV schema speak of")
                : new Subject.Known(lookups, parsed.toString());
    }
}
