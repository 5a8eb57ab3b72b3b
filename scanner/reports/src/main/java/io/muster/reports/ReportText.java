package io.muster.reports;

import io.muster.advisories.Advisory;
import io.muster.advisories.Finding;
import io.muster.advisories.Fix;
import java.util.Locale;

/// Short texts for people, made safe for where they are shown: names come out of files that anyone may have written.
final class ReportText {

    private ReportText() {}

    /// The text on one line, without control characters that would move a terminal's cursor or colour its window.
    static String line(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints().map(ReportText::shown).forEach(line::appendCodePoint);
        return line.toString();
    }

    private static int shown(int codePoint) {
        int type = Character.getType(codePoint);
        boolean isHidden = Character.isISOControl(codePoint)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        return isHidden ? '\uFFFD' : codePoint;
    }

    /// The beginning of a text, at most `width` characters, with an ellipsis where it was cut.
    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    /// `HIGH 7.5`, `HIGH`, or `MALICIOUS` for what must go whatever its score.
    static String severity(Finding finding) {
        var rating = finding.rating();
        String word = switch (finding.kind()) {
            case MALICIOUS -> "MALICIOUS";
            case VULNERABILITY, NOTICE -> rating.severity().name();
        };
        return rating.isScored() ? String.format(Locale.ROOT, "%s %.1f", word, rating.score()) : word;
    }

    /// What to do about a finding, in one sentence.
    static String advice(Finding finding) {
        if (finding.kind() == Advisory.Kind.MALICIOUS) {
            return "Remove " + finding.packageName().name()
                    + " and treat every machine that installed it as compromised.";
        }
        return switch (finding.fix()) {
            case Fix.Upgrade upgrade ->
                "Upgrade " + finding.packageName().name() + " to " + upgrade.version() + " or later.";
            case Fix.NoneKnown none ->
                "No fixed version of " + finding.packageName().name() + " is known.";
        };
    }

    /// `1 finding`, `2 findings`.
    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String nothingFound(Report report) {
        int asked = report.coverage().asked();
        String files = counted(report.inputs().size(), "file");
        if (report.verdict() == ScanVerdict.NOTHING_MATCHED) {
            return "Nothing could be matched: none of " + counted(report.packages(), "package") + " of " + files + ".";
        }
        int left = report.packages() - asked;
        String rest = left == 0 ? "" : "; " + left + " more " + (left == 1 ? "was" : "were") + " not asked about";
        return "No findings in " + counted(asked, "package") + " of " + files + rest + ".";
    }

    /// The one line that says what a report comes to.
    static String total(Report report) {
        if (report.matches().isEmpty()) {
            return nothingFound(report);
        }
        return counted(report.matches().size(), "finding") + " in " + counted(report.packagesMatched(), "package")
                + " of " + report.packages() + ", in " + counted(report.inputs().size(), "file") + ".";
    }
}
