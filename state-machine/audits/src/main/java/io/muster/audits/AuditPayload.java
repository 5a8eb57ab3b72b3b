package io.muster.audits;

import io.muster.encoding.Bytes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a job of type [#TYPE] asks of its handler: to look up either a package URL with a version, or ecosystem,
/// name and version. The state writes it and a handler reads it, so that both agree by this one record.
///
/// @param database the digest of the advisory set to ask, with or without `sha256:` in front
/// @param minimumMillis makes the look-up take at least this long, so that a demonstration can be watched; 0 for
///     no longer than needed
public record AuditPayload(
        @Nullable String purl,
        @Nullable String ecosystem,
        @Nullable String name,
        @Nullable String version,
        @Nullable String database,
        long minimumMillis) {
    /// The type of such jobs, which is the name of their handler.
    public static final String TYPE = "audit";

    /// The label under which a worker says which advisory set it holds.
    public static final String DATABASE_LABEL = "advisories";

    /// The label of a worker that fetches any set that the cluster has published.
    public static final String FETCHES_LABEL = "advisories-fetched";

    /// The value of [#FETCHES_LABEL].
    public static final String FETCHES = "yes";

    /// What a payload takes besides its package URL: a digest and the JSON around both.
    public static final int MAX_BYTES_AROUND_PURL = 128;

    private static final int DATABASE_LABEL_DIGITS = 12;

    public AuditPayload {
        if (minimumMillis < 0 || minimumMillis > StartAudit.MAX_MINIMUM_MILLIS) {
            throw new IllegalArgumentException(
                    "'minimumMillis' is " + minimumMillis + ": choose 0 to " + StartAudit.MAX_MINIMUM_MILLIS);
        }
        if (database == null) {
            throw new IllegalArgumentException("'database' is missing: name the advisory database by its digest");
        }
    }

    /// The payload of the job that audits `candidate`, as JSON. Candidates and digests are held to characters that need
    /// no escape there ([StartAudit]).
    public static Bytes json(StartAudit request, String candidate) {
        return Bytes.utf8(String.format(
                Locale.ROOT,
                "{\"purl\":\"%s\",\"database\":\"%s\",\"minimumMillis\":%d}",
                candidate,
                request.database(),
                request.minimumMillis()));
    }

    /// The value of [#DATABASE_LABEL] for an advisory set: the first digits of its digest.
    ///
    /// @param digest in hexadecimal, without `sha256:`
    public static String label(String digest) {
        return digest.substring(0, DATABASE_LABEL_DIGITS);
    }
}
