package io.muster.reports;

import io.muster.advisories.Advisory;
import io.muster.advisories.Finding;
import io.muster.advisories.Rating;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// SARIF 2.1.0: one rule for each weakness, one result for each place. [OASIS SARIF 2.1.0]
///
/// What the ignore file covers is a result with a suppression, so that the receiving side shows it as dismissed.
final class SarifReport {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private final Report report;
    private final Map<String, Integer> ruleIndex = new LinkedHashMap<>();
    private final List<Finding> rules = new ArrayList<>();

    private SarifReport(Report report) {
        this.report = report;
        report.matches().forEach(match -> addRule(match.finding()));
        report.suppressed().forEach(it -> addRule(it.match().finding()));
    }

    private void addRule(Finding finding) {
        if (ruleIndex.putIfAbsent(finding.id(), rules.size()) == null) {
            rules.add(finding);
        }
    }

    static String write(Report report) {
        var sarif = new SarifReport(report);
        return JsonPage.write(page -> page.text("$schema", SCHEMA)
                .text("version", "2.1.0")
                .objects("runs", List.of(report), (run, it) -> sarif.run(run)));
    }

    private void run(JsonPage run) {
        run.object(
                "tool",
                tool -> tool.object(
                        "driver",
                        driver -> driver.text("name", "muster")
                                .text("semanticVersion", ReportedVersion.of(report))
                                .objects("rules", rules, SarifReport::rule)));
        run.objects(
                "invocations",
                List.of(report),
                (invocation, it) -> invocation
                        .flag("executionSuccessful", isSuccessful())
                        .number("exitCode", report.verdict().exitCode())
                        .objects(
                                "toolExecutionNotifications",
                                notes(),
                                (note, told) -> note.text("level", told.level())
                                        .object("message", message -> message.text("text", told.text()))));
        run.objects("results", results(), (result, it) -> it.write(result));
        run.object(
                "properties",
                it -> it.text("databaseDigest", report.provenance().databaseDigest())
                        .text("engineVersion", report.provenance().engineVersion()));
    }

    private boolean isSuccessful() {
        return report.refusals().isEmpty() && report.verdict() != ScanVerdict.NOTHING_MATCHED;
    }

    private record Note(String level, String text) {}

    private List<Note> notes() {
        List<Note> notes = new ArrayList<>();
        report.refusals().forEach(refusal -> notes.add(new Note("error", refusal.toString())));
        report.coverage().sentences().forEach(sentence -> notes.add(new Note("warning", sentence)));
        return notes;
    }

    private interface Result {
        void write(JsonPage result);
    }

    private List<Result> results() {
        List<Result> results = new ArrayList<>();
        report.matches().forEach(match -> results.add(json -> result(json, match)));
        report.suppressed()
                .forEach(it -> results.add(json -> {
                    result(json, it.match());
                    json.objects(
                            "suppressions",
                            List.of(it.rule()),
                            (suppression, rule) ->
                                    suppression.text("kind", "external").textIfAny("justification", rule.reason()));
                }));
        return results;
    }

    private static void rule(JsonPage json, Finding finding) {
        String headline = finding.summary().isBlank() ? finding.id() : ReportText.line(finding.summary());
        json.text("id", finding.id())
                .object("shortDescription", it -> it.text("text", finding.id() + ": " + headline))
                .object("fullDescription", it -> it.text("text", headline));
        finding.references().stream()
                .map(reference -> reference.url())
                .filter(url -> url.startsWith("https://"))
                .findFirst()
                .ifPresent(url -> json.text("helpUri", url));
        json.object("help", it -> it.text("text", ReportText.advice(finding)));
        json.object("defaultConfiguration", it -> it.text("level", level(finding)));
        json.object("properties", it -> {
            if (finding.rating().isScored()) {
                it.text("security-severity", score(finding.rating()));
            }
            it.texts("aliases", finding.aliases()).texts("tags", List.of("security", "vulnerability"));
        });
    }

    private void result(JsonPage json, ReportedMatch match) {
        Finding finding = match.finding();
        Occurrence occurrence = match.occurrence();
        json.text("ruleId", finding.id())
                .number("ruleIndex", ruleIndex.getOrDefault(finding.id(), 0))
                .text("level", level(finding))
                .object("message", it -> it.text("text", message(match)))
                .objects("locations", List.of(occurrence), SarifReport::location)
                .object(
                        "partialFingerprints",
                        it -> it.text(
                                "finding/v1",
                                finding.id() + "|" + occurrence.component().purl() + "|" + occurrence.input()))
                .object(
                        "properties",
                        it -> it.text("purl", occurrence.component().purl().toString())
                                .text("fixed", finding.fix().versionOrEmpty())
                                .texts("direct", occurrence.direct())
                                .textLists("paths", occurrence.paths()));
    }

    private static String message(ReportedMatch match) {
        Finding finding = match.finding();
        return ReportText.line(match.occurrence().component().label() + " has " + finding.id() + " (affected: "
                + finding.explanation() + "). " + ReportText.advice(finding));
    }

    private static void location(JsonPage json, Occurrence occurrence) {
        json.object("physicalLocation", physical -> {
            physical.object("artifactLocation", it -> it.text("uri", uri(occurrence.input())));
            int line = occurrence.component().line();
            if (line > 0) {
                physical.object("region", it -> it.number("startLine", line));
            }
        });
    }

    /// A relative reference of RFC 3986: everything but its unreserved characters and `/` is percent-encoded.
    private static String uri(String path) {
        var uri = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
            if (isPlain || "/-._~".indexOf(b) >= 0) {
                uri.append((char) b);
            } else {
                uri.append(String.format(Locale.ROOT, "%%%02X", b));
            }
        }
        return uri.toString();
    }

    private static String level(Finding finding) {
        if (finding.kind() == Advisory.Kind.NOTICE) {
            return "note";
        }
        return switch (finding.rating().severity()) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM, UNKNOWN -> "warning";
            case LOW, NONE -> "note";
        };
    }

    private static String score(Rating rating) {
        return String.format(Locale.ROOT, "%.1f", rating.score());
    }
}
