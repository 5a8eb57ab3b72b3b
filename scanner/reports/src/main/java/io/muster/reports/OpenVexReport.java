package io.muster.reports;

import io.muster.advisories.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// OpenVEX 0.2.0: each match is a statement that the package is affected and what to do; what the ignore file covers is
/// under investigation, with the person's reason. [OpenVEX specification v0.2.0]
final class OpenVexReport {

    private OpenVexReport() {}

    static String write(Report report) {
        Map<String, Statement> statements = new LinkedHashMap<>();
        report.matches().forEach(match -> add(statements, new Statement(match, "affected", "")));
        report.suppressed()
                .forEach(it -> add(
                        statements,
                        new Statement(
                                it.match(), "under_investigation", it.rule().reason())));
        return JsonPage.write(page -> page.text("@context", "https://openvex.dev/ns/v0.2.0")
                .text("@id", "urn:uuid:" + ReportUuid.uuid(report, "openvex"))
                .text("author", "muster")
                .text("timestamp", report.at().toString())
                .number("version", 1)
                .text(
                        "tooling",
                        "muster " + ReportedVersion.of(report) + ", database "
                                + report.provenance().databaseDigest() + notAsked(report))
                .objects("statements", statements.values(), OpenVexReport::statement));
    }

    private static String notAsked(Report report) {
        return report.coverage().sentences().stream()
                .map(sentence -> "; " + sentence)
                .collect(Collectors.joining());
    }

    /// One statement for each weakness of each package, in however many inputs; what counts anywhere counts.
    private static void add(Map<String, Statement> statements, Statement statement) {
        String purl = statement.match().occurrence().component().purl().toString();
        statements.putIfAbsent(purl + '\0' + statement.match().finding().id(), statement);
    }

    private record Statement(ReportedMatch match, String status, String notes) {}

    private static void statement(JsonPage json, Statement statement) {
        Finding finding = statement.match().finding();
        String purl = statement.match().occurrence().component().purl().toString();
        json.object("vulnerability", it -> it.text("name", finding.id()).texts("aliases", otherNames(finding)))
                .objects(
                        "products",
                        List.of(purl),
                        (product, id) -> product.text("@id", id).object("identifiers", it -> it.text("purl", id)))
                .text("status", statement.status())
                .textIfAny("status_notes", statement.notes());
        if (statement.status().equals("affected")) {
            json.text("action_statement", ReportText.advice(finding));
        }
    }

    private static List<String> otherNames(Finding finding) {
        List<String> names = new ArrayList<>(finding.advisories());
        names.addAll(finding.aliases());
        names.remove(finding.id());
        return names;
    }
}
