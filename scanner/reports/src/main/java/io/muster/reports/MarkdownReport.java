package io.muster.reports;

import java.util.List;
import java.util.stream.Collectors;

/// A Markdown table for a pull request or a wiki; nothing in a cell can end the cell or become markup.
final class MarkdownReport {

    private MarkdownReport() {}

    static String write(Report report) {
        var text = new StringBuilder("# Audit\n\n")
                .append(ReportText.total(report))
                .append("\n\n");
        if (!report.matches().isEmpty()) {
            text.append("| Severity | Advisory | Package | Version | Fixed | Where | Summary |\n");
            text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
            report.matches().forEach(match -> text.append(row(match)));
            text.append('\n');
        }
        List<String> remarks = TableReport.remarks(report);
        remarks.forEach(remark -> text.append("- ").append(cell(remark)).append('\n'));
        if (!remarks.isEmpty()) {
            text.append('\n');
        }
        return text.append("Database `")
                .append(report.provenance().databaseDigest())
                .append("`, engine `")
                .append(report.provenance().engineVersion())
                .append("`\n")
                .toString();
    }

    private static String row(ReportedMatch match) {
        var finding = match.finding();
        var cells = List.of(
                ReportText.severity(finding),
                finding.id(),
                finding.packageName().toString(),
                finding.version(),
                finding.fix().versionOrEmpty(),
                match.occurrence().place(),
                finding.summary());
        return cells.stream().map(MarkdownReport::cell).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String cell(String text) {
        var escaped = new StringBuilder();
        for (char c : ReportText.line(text).toCharArray()) {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '|', '\\', '`', '*', '_', '[', ']', '#', '!', '~' ->
                    escaped.append('\\').append(c);
                // Breaks the pattern by which a mention notifies a person who has nothing to do with it.
                case '@' -> escaped.append("&#64;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
