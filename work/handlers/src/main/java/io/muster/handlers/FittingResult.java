package io.muster.handlers;

import io.muster.advisories.Finding;
import io.muster.advisories.Matching;
import io.muster.audits.AuditResult;
import io.muster.encoding.Bytes;
import io.muster.worker.ActionResult;
import java.util.List;
import java.util.Locale;

/// Writes an [AuditResult] that fits into the log: a package with hundreds of weaknesses keeps its
/// worst ones.
final class FittingResult {
    private static final int MAX_SUMMARY_CHARACTERS = 200;
    private static final int MAX_ALIASES = 10;
    private static final int MAX_UNDECIDED = 20;

    private FittingResult() {}

    /// The result as JSON, of at most [ActionResult#MAX_RESULT_BYTES].
    static Bytes json(String purl, String database, String engine, Matching matching) {
        var findings = matching.findings().stream().map(FittingResult::found).toList();
        var undecided = matching.undecided().stream()
                .limit(MAX_UNDECIDED)
                .map(doubt -> new AuditResult.Doubt(doubt.advisory(), cut(doubt.reason())))
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

    private static AuditResult.Found found(Finding finding) {
        String fixed = finding.fix().versionOrEmpty();
        List<String> aliases = finding.aliases().stream().limit(MAX_ALIASES).toList();
        return new AuditResult.Found(
                finding.id(),
                aliases,
                finding.rating().severity().name().toLowerCase(Locale.ROOT),
                finding.rating().isScored() ? finding.rating().score() : null,
                cut(finding.summary()),
                fixed.isEmpty() ? null : fixed);
    }

    private static String cut(String text) {
        return text.length() <= MAX_SUMMARY_CHARACTERS ? text : text.substring(0, MAX_SUMMARY_CHARACTERS - 1) + "…";
    }
}
