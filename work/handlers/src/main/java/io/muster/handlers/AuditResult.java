package io.muster.handlers;

import io.muster.advisories.Finding;
import io.muster.advisories.Matching;
import io.muster.encoding.Bytes;
import io.muster.worker.ActionResult;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an audit of one package answers.
///
/// @param purl the audited package and version
/// @param database the digest of the database that was asked
/// @param engine the version of the matching rules; with the digest it lets anyone repeat the look-up
/// @param findings worst first
/// @param omitted how many findings did not fit into the result, the least bad ones
/// @param undecided advisories that name the package and cannot be decided from its version, the first few of them
record AuditResult(
        String purl, String database, String engine, List<Found> findings, int omitted, List<Doubt> undecided) {
    private static final int MAX_SUMMARY_CHARACTERS = 200;
    private static final int MAX_ALIASES = 10;
    private static final int MAX_UNDECIDED = 20;

    /// One weakness.
    ///
    /// @param severity in lower case, such as `high`
    /// @param score the CVSS base score, where there is one
    /// @param fixed the first version without it, where one is known
    record Found(
            String id,
            List<String> aliases,
            String severity,
            @Nullable Double score,
            String summary,
            @Nullable String fixed) {
        static Found of(Finding finding) {
            String fixed = finding.fix().versionOrEmpty();
            return new Found(
                    finding.id(),
                    finding.aliases().stream().limit(MAX_ALIASES).toList(),
                    finding.rating().severity().name().toLowerCase(Locale.ROOT),
                    finding.rating().isScored() ? finding.rating().score() : null,
                    cut(finding.summary()),
                    fixed.isEmpty() ? null : fixed);
        }
    }

    /// An advisory that only a person can judge.
    record Doubt(String id, String why) {}

    /// The result as JSON that fits into the log; a package with hundreds of weaknesses keeps its worst ones.
    static Bytes json(String purl, String database, String engine, Matching matching) {
        List<Found> findings = matching.findings().stream().map(Found::of).toList();
        List<Doubt> undecided = matching.undecided().stream()
                .limit(MAX_UNDECIDED)
                .map(doubt -> new Doubt(doubt.advisory(), cut(doubt.reason())))
                .toList();
        int kept = findings.size();
        while (true) {
            Bytes json = PayloadReading.write(new AuditResult(
                    purl, database, engine, findings.subList(0, kept), findings.size() - kept, undecided));
            if (json.size() <= ActionResult.MAX_RESULT_BYTES || kept == 0) {
                return json;
            }
            kept = kept * 3 / 4;
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_SUMMARY_CHARACTERS ? text : text.substring(0, MAX_SUMMARY_CHARACTERS - 1) + "…";
    }
}
