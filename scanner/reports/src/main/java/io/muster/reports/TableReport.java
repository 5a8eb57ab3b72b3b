package io.muster.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Aligned columns for a terminal, worst first, then what else a person should know.
final class TableReport {

    /// Wider cells are cut, so that one long name does not push every other column off the screen.
    private static final int MAX_CELL = 48;

    private static final List<String> HEAD =
            List.of("SEVERITY", "ADVISORY", "PACKAGE", "VERSION", "FIXED", "WHERE", "THROUGH");

    private TableReport() {}

    static String write(Report report) {
        var text = new StringBuilder();
        if (!report.matches().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(HEAD);
            report.matches().forEach(match -> rows.add(row(match)));
            text.append(aligned(rows)).append('\n');
        }
        text.append(ReportText.total(report)).append('\n');
        remarks(report).forEach(remark -> text.append(ReportText.line(remark)).append('\n'));
        return text.append("Database ")
                .append(report.provenance().databaseDigest())
                .append(", engine ")
                .append(report.provenance().engineVersion())
                .append('\n')
                .toString();
    }

    private static List<String> row(ReportedMatch match) {
        var finding = match.finding();
        var occurrence = match.occurrence();
        return List.of(
                ReportText.severity(finding),
                finding.id(),
                finding.packageName().name(),
                finding.version(),
                finding.fix().versionOrEmpty(),
                occurrence.place(),
                through(occurrence));
    }

    /// What to change, unless that is the package itself.
    private static String through(Occurrence occurrence) {
        return occurrence.direct().stream()
                .filter(direct -> !direct.equals(occurrence.component().label()))
                .collect(Collectors.joining(", "));
    }

    private static String aligned(List<List<String>> rows) {
        var cells = rows.stream()
                .map(row -> row.stream()
                        .map(cell -> ReportText.cut(ReportText.line(cell), MAX_CELL))
                        .toList())
                .toList();
        int[] widths = new int[HEAD.size()];
        for (List<String> row : cells) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        var text = new StringBuilder();
        for (List<String> row : cells) {
            var line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /// What a person should know beside the findings, one sentence each.
    static List<String> remarks(Report report) {
        List<String> remarks = new ArrayList<>();
        for (SuppressedMatch it : report.suppressed()) {
            String reason =
                    it.rule().reason().isEmpty() ? "no reason given" : it.rule().reason();
            remarks.add("ignored: " + it.match().finding().id() + " in "
                    + it.match().occurrence().component().label() + ": " + reason);
        }
        report.ruleNotes().forEach(note -> remarks.add("warning: " + note.message()));
        report.undecided()
                .forEach(it -> remarks.add("undecided: " + it.advisory() + " for "
                        + it.occurrence().component().label() + ": " + it.reason()));
        report.refusals().forEach(refusal -> remarks.add("error: " + refusal));
        report.coverage().sentences().forEach(sentence -> remarks.add("warning: " + sentence));
        report.warnings().forEach(warning -> remarks.add("warning: " + warning));
        return remarks;
    }
}
