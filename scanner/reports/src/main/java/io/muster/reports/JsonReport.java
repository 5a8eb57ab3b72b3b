package io.muster.reports;

import io.muster.advisories.Finding;
import io.muster.advisories.Rating;
import io.muster.manifests.Component;
import java.util.Locale;

/// Muster's own JSON: everything the report holds. `version` rises when a reader of today would misread it.
final class JsonReport {

    private static final int VERSION = 1;

    private JsonReport() {}

    static String write(Report report) {
        return JsonPage.write(page -> page.number("version", VERSION)
                .text("at", report.at().toString())
                .text("engine", report.provenance().engineVersion())
                .text("database", report.provenance().databaseDigest())
                .text("verdict", word(report.verdict()))
                .objects(
                        "inputs",
                        report.inputs(),
                        (json, input) -> json.text("name", input.name())
                                .text("kind", input.kind().title())
                                .number("packages", input.components().size())
                                .text("graph", word(input.graph().knowledge())))
                .objects("findings", report.matches(), JsonReport::match)
                .objects("ignored", report.suppressed(), (json, it) -> {
                    match(json, it.match());
                    rule(json, it.rule());
                })
                .objects("undecided", report.undecided(), (json, it) -> {
                    occurrence(json, it.occurrence());
                    json.text("id", it.advisory()).text("reason", it.reason());
                })
                .objects(
                        "refused",
                        report.refusals(),
                        (json, it) -> json.text("input", it.input())
                                .number("line", it.line())
                                .text("reason", it.reason()))
                .objects(
                        "ignoreNotes",
                        report.ruleNotes(),
                        (json, it) -> json.text("subject", it.rule().subject())
                                .number("line", it.rule().line())
                                .text("why", word(it.why())))
                .texts("warnings", report.warnings())
                .object("coverage", it -> coverage(it, report.coverage())));
    }

    private static void coverage(JsonPage json, Coverage coverage) {
        json.number("packages", coverage.packages())
                .number("asked", coverage.asked())
                .objects(
                        "skipped",
                        coverage.skipped().entrySet(),
                        (it, entry) -> it.text("reason", word(entry.getKey()))
                                .text("words", entry.getKey().words())
                                .number("count", entry.getValue()))
                .objects(
                        "withoutAdvisories",
                        coverage.withoutAdvisories().entrySet(),
                        (it, entry) -> it.text("ecosystem", entry.getKey()).number("count", entry.getValue()));
    }

    private static void match(JsonPage json, ReportedMatch match) {
        Finding finding = match.finding();
        occurrence(json, match.occurrence());
        json.text("id", finding.id())
                .texts("ids", finding.advisories())
                .texts("aliases", finding.aliases())
                .text("kind", word(finding.kind()));
        rating(json, finding.rating());
        json.text("summary", finding.summary())
                .text("affected", finding.explanation())
                .text("fixed", finding.fix().versionOrEmpty())
                .object(
                        "provenance",
                        it -> it.text("database", finding.provenance().databaseDigest())
                                .text("engine", finding.provenance().engineVersion()));
    }

    private static void rating(JsonPage json, Rating rating) {
        json.text("severity", word(rating.severity()));
        if (rating.isScored()) {
            json.number("score", rating.score()).text("vector", rating.vector());
        }
    }

    private static void occurrence(JsonPage json, Occurrence occurrence) {
        Component component = occurrence.component();
        json.text("input", occurrence.input())
                .number("line", component.line())
                .object(
                        "package",
                        it -> it.text("ecosystem", component.name().ecosystem().toString())
                                .text("name", component.name().name())
                                .text("version", component.version())
                                .text("purl", component.purl().toString())
                                .text("scope", word(component.scope())))
                .texts("direct", occurrence.direct())
                .number("pathCount", occurrence.pathCount())
                .textLists("paths", occurrence.paths());
    }

    private static void rule(JsonPage json, IgnoreRule rule) {
        json.object("rule", it -> {
            it.text("subject", rule.subject()).number("line", rule.line()).text("reason", rule.reason());
            if (!rule.until().equals(IgnoreRule.FOR_EVER)) {
                it.text("until", rule.until().toString());
            }
        });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
