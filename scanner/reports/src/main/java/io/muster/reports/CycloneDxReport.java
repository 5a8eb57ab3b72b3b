package io.muster.reports;

import io.muster.advisories.Finding;
import io.muster.advisories.Rating;
import io.muster.manifests.Component;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A CycloneDX 1.6 vulnerability disclosure report: the components that have a weakness, and the weaknesses.
///
/// A scan knows that a version is affected, not whether it can be exploited, so a match carries no analysis. What the
/// ignore file covers carries one: in triage, with the person's reason. [CycloneDX 1.6, `vulnerabilities`]
final class CycloneDxReport {

    private CycloneDxReport() {}

    /// One weakness of one component, in however many inputs.
    private record Entry(Component component, Finding finding, String analysis) {}

    static String write(Report report) {
        Map<String, Component> components = new LinkedHashMap<>();
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (ReportedMatch match : report.matches()) {
            add(components, entries, match, "");
        }
        for (SuppressedMatch it : report.suppressed()) {
            add(components, entries, it.match(), analysis(it.rule()));
        }
        return JsonPage.write(page -> page.text("bomFormat", "CycloneDX")
                .text("specVersion", "1.6")
                .text("serialNumber", "urn:uuid:" + ReportUuid.uuid(report, "cyclonedx"))
                .number("version", 1)
                .object("metadata", metadata -> metadata(metadata, report))
                .objects("components", components.values(), CycloneDxReport::component)
                .objects("vulnerabilities", entries.values(), CycloneDxReport::vulnerability));
    }

    private static void add(
            Map<String, Component> components, Map<String, Entry> entries, ReportedMatch match, String analysis) {
        Component component = match.occurrence().component();
        String reference = component.purl().toString();
        components.putIfAbsent(reference, component);
        entries.putIfAbsent(reference + '\0' + match.finding().id(), new Entry(component, match.finding(), analysis));
    }

    private static String analysis(IgnoreRule rule) {
        String until = rule.until().equals(IgnoreRule.FOR_EVER) ? "" : " until " + rule.until();
        String reason = rule.reason().isEmpty() ? "no reason given" : rule.reason();
        return "Set aside by a rule of the ignore file" + until + ": " + reason;
    }

    private static void metadata(JsonPage json, Report report) {
        json.text("timestamp", report.at().toString())
                .object(
                        "tools",
                        tools -> tools.objects(
                                "components",
                                List.of(report),
                                (tool, it) -> tool.text("type", "application")
                                        .text("name", "muster")
                                        .text("version", ReportedVersion.of(report))))
                .objects(
                        "properties",
                        properties(report),
                        (property, it) -> property.text("name", it.getFirst()).text("value", it.getLast()));
    }

    private static List<List<String>> properties(Report report) {
        List<List<String>> properties = new ArrayList<>();
        properties.add(List.of("muster:database", report.provenance().databaseDigest()));
        properties.add(List.of("muster:engine", report.provenance().engineVersion()));
        report.refusals().forEach(refusal -> properties.add(List.of("muster:refused", refusal.toString())));
        report.coverage().sentences().forEach(sentence -> properties.add(List.of("muster:notAsked", sentence)));
        return properties;
    }

    private static void component(JsonPage json, Component component) {
        String purl = component.purl().toString();
        json.text("type", "library")
                .text("bom-ref", purl)
                .textIfAny("group", component.purl().namespace())
                .text("name", component.purl().name())
                .textIfAny("version", component.version())
                .text("purl", purl);
    }

    private static void vulnerability(JsonPage json, Entry entry) {
        Finding finding = entry.finding();
        String purl = entry.component().purl().toString();
        json.text("bom-ref", finding.id() + "/" + purl)
                .text("id", finding.id())
                .object("source", it -> it.text("name", "OSV"))
                .objects(
                        "references",
                        aliases(finding),
                        (reference, alias) ->
                                reference.text("id", alias).object("source", it -> it.text("name", "OSV")))
                .objects("ratings", List.of(finding.rating()), CycloneDxReport::rating)
                .textIfAny("description", finding.summary())
                .text("recommendation", ReportText.advice(finding))
                .objects("advisories", urls(finding), (advisory, url) -> advisory.text("url", url));
        if (!entry.analysis().isEmpty()) {
            json.object("analysis", it -> it.text("state", "in_triage").text("detail", entry.analysis()));
        }
        json.objects(
                "affects",
                List.of(purl),
                (affect, ref) -> affect.text("ref", ref)
                        .objects(
                                "versions",
                                List.of(finding),
                                (version, it) ->
                                        version.text("version", it.version()).text("status", "affected")));
    }

    private static List<String> aliases(Finding finding) {
        List<String> aliases = new ArrayList<>(finding.advisories());
        aliases.addAll(finding.aliases());
        aliases.remove(finding.id());
        return aliases;
    }

    private static List<String> urls(Finding finding) {
        return finding.references().stream()
                .map(reference -> reference.url())
                .filter(url -> url.startsWith("https://") || url.startsWith("http://"))
                .distinct()
                .toList();
    }

    private static void rating(JsonPage json, Rating rating) {
        if (rating.isScored()) {
            json.number("score", rating.score());
        }
        json.text("severity", rating.severity().name().toLowerCase(Locale.ROOT));
        if (rating.isScored()) {
            json.text("method", method(rating.vector())).text("vector", rating.vector());
        }
    }

    private static String method(String vector) {
        if (vector.startsWith("CVSS:4")) {
            return "CVSSv4";
        }
        if (vector.startsWith("CVSS:3.1")) {
            return "CVSSv31";
        }
        return vector.startsWith("CVSS:3") ? "CVSSv3" : "CVSSv2";
    }
}
