package io.muster.audits;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Starts an audit of a share of these candidates against that set of advisories.
///
/// @param source where the candidates come from, for people: a file name, or `""`
/// @param database the digest of the advisory set, in hexadecimal; only workers that hold this very set take part
/// @param share how much of the candidates to audit
/// @param minimumMillis how long each audit is stretched at least, so that a demonstration can be watched; else 0
/// @param candidates package URLs with versions, each at most once
public record StartAudit(String source, String database, Share share, int minimumMillis, List<String> candidates)
        implements AuditCommand {
    /// More candidates go into several audits: each chosen one becomes a job in a single apply.
    public static final int MAX_CANDIDATES = 10_000;

    /// Longer package URLs than this do not exist in practice.
    public static final int MAX_CANDIDATE_BYTES = 512;

    /// A stretched audit keeps its slot; a minute is plenty to watch.
    public static final int MAX_MINIMUM_MILLIS = 60_000;

    private static final int VERSION = 1;
    private static final int MAX_SOURCE_BYTES = 512;
    private static final int DIGEST_CHARS = 64;

    public StartAudit {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty() || candidates.size() > MAX_CANDIDATES) {
            throw new IllegalArgumentException(
                    "an audit takes 1 to " + MAX_CANDIDATES + " candidates, not " + candidates.size());
        }
        candidates.forEach(StartAudit::requirePackageUrl);
        int sourceBytes = source.getBytes(StandardCharsets.UTF_8).length;
        if (sourceBytes > MAX_SOURCE_BYTES) {
            throw new IllegalArgumentException(
                    "the name of an audit takes up to " + MAX_SOURCE_BYTES + " bytes, not " + sourceBytes);
        }
        if (minimumMillis < 0 || minimumMillis > MAX_MINIMUM_MILLIS) {
            throw new IllegalArgumentException(
                    "an audit can be stretched to 0 to " + MAX_MINIMUM_MILLIS + " ms, not " + minimumMillis);
        }
        if (database.length() != DIGEST_CHARS || !database.matches("[0-9a-f]+")) {
            throw new IllegalArgumentException(
                    "an advisory set is named by its SHA-256 in 64 hexadecimal digits, not '" + database + "'");
        }
    }

    /// The stored form, version 1.
    @Override
    public Bytes encode() {
        var writer = new BinaryWriter(candidates.size() * 48 + 128)
                .u8(VERSION)
                .text(source)
                .text(database)
                .varint(share.millionths())
                .varint(minimumMillis)
                .varint(candidates.size());
        candidates.forEach(writer::text);
        return Bytes.wrap(writer.toBytes());
    }

    @Override
    public String summary() {
        return source + ", " + candidates.size() + " candidates";
    }

    static StartAudit read(BinaryReader reader) {
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException("audit command version " + version + " is not known here");
        }
        String source = reader.text(MAX_SOURCE_BYTES);
        String database = reader.text(DIGEST_CHARS);
        var share = new Share(reader.count(Share.WHOLE));
        int minimumMillis = reader.count(MAX_MINIMUM_MILLIS);
        int count = reader.count(MAX_CANDIDATES);
        var candidates = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            candidates.add(reader.text(MAX_CANDIDATE_BYTES));
        }
        return new StartAudit(source, database, share, minimumMillis, candidates);
    }

    /// A package URL is plain ASCII by its specification, with everything else percent-encoded; holding it to that
    /// here lets it stand in a JSON payload as it is.
    private static void requirePackageUrl(String candidate) {
        boolean isPlain = candidate.startsWith("pkg:")
                && candidate.length() <= MAX_CANDIDATE_BYTES
                && candidate.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\\');
        if (!isPlain) {
            throw new IllegalArgumentException(
                    "'" + candidate + "' is no package URL (pkg:type/name@version) of at most " + MAX_CANDIDATE_BYTES
                            + " ASCII characters");
        }
    }
}
