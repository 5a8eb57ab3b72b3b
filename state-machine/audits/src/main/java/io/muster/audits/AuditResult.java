package io.muster.audits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a job of type [AuditPayload#TYPE] answers: the handler writes it as JSON, and the audit's page reads it.
/// A field that is absent is empty, for a worker in another language may leave it out.
///
/// @param purl the audited package and version
/// @param database the digest of the database that was asked
/// @param engine the version of the matching rules; with the digest it lets anyone repeat the look-up
/// @param findings worst first
/// @param omitted how many findings did not fit into the result, the least bad ones
/// @param undecided advisories that name the package and cannot be decided from its version, the first few of them
public record AuditResult(
        @Nullable String purl,
        @Nullable String database,
        @Nullable String engine,
        List<Found> findings,
        int omitted,
        List<Doubt> undecided) {
    public AuditResult {
        findings = copied(findings);
        undecided = copied(undecided);
    }

    /// One weakness.
    ///
    /// @param severity in lower case, such as `high`
    /// @param score the CVSS base score, where there is one
    /// @param fixed the first version without it, where one is known
    public record Found(
            String id,
            List<String> aliases,
            String severity,
            @Nullable Double score,
            @Nullable String summary,
            @Nullable String fixed) {
        public Found {
            aliases = copied(aliases);
        }
    }

    /// An advisory that only a person can judge.
    public record Doubt(String id, String why) {}

    private static <T> List<T> copied(@Nullable List<T> items) {
        return items == null ? List.of() : List.copyOf(items);
    }
}
