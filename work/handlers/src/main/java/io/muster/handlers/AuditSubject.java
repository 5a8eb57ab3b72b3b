package io.muster.handlers;

import io.muster.audits.AuditPayload;
import io.muster.versions.Ecosystem;
import io.muster.versions.Lookup;
import io.muster.versions.PackageName;
import io.muster.versions.PackageUrl;
import io.muster.versions.PackageUrlAnswer;
import java.util.List;

/// What a payload asks to look up.
sealed interface AuditSubject {
    /// A version of a package that advisories can speak of.
    ///
    /// @param purl the package URL, or what the payload said where there is none
    record Known(List<Lookup> lookups, String purl) implements AuditSubject {
        public Known {
            lookups = List.copyOf(lookups);
        }
    }

    /// Nothing that can be looked up, and why.
    record Unknown(String why) implements AuditSubject {}

    static AuditSubject of(AuditPayload payload) {
        String purl = payload.purl();
        if (purl != null) {
            return switch (PackageUrl.parse(purl)) {
                case PackageUrlAnswer.Malformed malformed ->
                    new Unknown("'" + purl + "' is no package URL: " + malformed.reason());
                case PackageUrlAnswer.Valid(PackageUrl parsed) -> of(parsed);
            };
        }
        String ecosystem = payload.ecosystem();
        String name = payload.name();
        String version = payload.version();
        if (ecosystem == null || name == null || version == null) {
            return new Unknown("name the package by 'purl', or by 'ecosystem', 'name' and 'version'");
        }
        try {
            PackageName packageName = new PackageName(Ecosystem.parse(ecosystem), name);
            String shown =
                    packageName.packageUrl(version).map(PackageUrl::toString).orElse(packageName + "@" + version);
            return new Known(List.of(new Lookup(packageName, version)), shown);
        } catch (IllegalArgumentException e) {
            return new Unknown(String.valueOf(e.getMessage()));
        }
    }

    private static AuditSubject of(PackageUrl parsed) {
        if (parsed.version().isEmpty()) {
            return new Unknown(parsed + " names no version: add @ and the version in use");
        }
        List<Lookup> lookups = parsed.lookups(parsed.version());
        return lookups.isEmpty()
                ? new Unknown(parsed + " belongs to no ecosystem that advisories of the OSV schema speak of")
                : new Known(lookups, parsed.toString());
    }
}
