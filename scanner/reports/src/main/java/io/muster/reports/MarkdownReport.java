package io.muster.reports;

import java.util.List;
import java.util.stream.Collectors;

/// A Markdown table for a pull request or a wiki; nothing in a cell can end the cell or become markup.
final class MarkdownReport {

    private MarkdownReport() {}

    static String write(Report report) {
        var text = new StringBuilder("# Audit\n\n").append(Plain.total(report)).append("\n\n");
        if (!report.hits().isEmpty()) {
            text.append("| Severity | Advisory | Package | Version | Fixed | Where | Summary |\n");
            text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
            report.hits().forEach(hit -> text.append(row(hit)));
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

    private static String row(Hit hit) {
        var finding = hit.finding();
        var cells = List.of(
                Plain.severity(finding),
                finding.id(),
                finding.packageName().toString(),
                finding.version(),
                finding.fix().versionOrEmpty(),
                hit.sighting().place(),
                finding.summary());
        return cells.stream().map(MarkdownReport::cell).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String cell(String text) {
        var escaped = new StringBuilder();
        for (char c : Plain.line(text).toCharArray()) {
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
