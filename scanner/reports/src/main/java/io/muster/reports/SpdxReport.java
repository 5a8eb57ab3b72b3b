package io.muster.reports;

import io.muster.manifests.Component;
import io.muster.manifests.Manifest;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// An SPDX 2.3 document: every package that was looked at, once, with its package URL and the advisories that affect
/// it. SPDX cannot express that something was suppressed, so only what counts is referred to. [SPDX 2.3 §7.21]
final class SpdxReport {

    private SpdxReport() {}

    /// A package of the document and the addresses of its advisories.
    private record Entry(String id, Component component, Set<String> advisories) {}

    static String write(Report report) {
        var entries = entries(report);
        return JsonPage.write(page -> page.text("spdxVersion", "SPDX-2.3")
                .text("dataLicense", "CC0-1.0")
                .text("SPDXID", "SPDXRef-DOCUMENT")
                .text("name", "muster-scan")
                .text("documentNamespace", "urn:uuid:" + ReportUuid.uuid(report, "spdx"))
                .object(
                        "creationInfo",
                        it -> it.text("created", seconds(report))
                                .texts("creators", List.of("Tool: muster-" + ReportedVersion.of(report)))
                                .text(
                                        "comment",
                                        "Advisories of " + report.provenance().databaseDigest() + notAsked(report)))
                .objects("packages", entries, SpdxReport::entry)
                .objects(
                        "relationships",
                        entries,
                        (relationship, it) -> relationship
                                .text("spdxElementId", "SPDXRef-DOCUMENT")
                                .text("relationshipType", "DESCRIBES")
                                .text("relatedSpdxElement", it.id())));
    }

    private static String notAsked(Report report) {
        return report.coverage().sentences().stream()
                .map(sentence -> "; " + sentence)
                .collect(Collectors.joining());
    }

    /// SPDX writes times to the second.
    private static String seconds(Report report) {
        return report.at().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static List<Entry> entries(Report report) {
        Map<String, Entry> byPurl = new LinkedHashMap<>();
        for (Manifest input : report.inputs()) {
            for (Component component : input.components()) {
                byPurl.computeIfAbsent(
                        component.purl().toString(),
                        purl -> new Entry("SPDXRef-Package-" + byPurl.size(), component, new LinkedHashSet<>()));
            }
        }
        for (ReportedMatch match : report.matches()) {
            Entry entry = byPurl.get(match.occurrence().component().purl().toString());
            if (entry != null) {
                match.finding().advisories().forEach(id -> entry.advisories().add(address(id)));
            }
        }
        return new ArrayList<>(byPurl.values());
    }

    /// Where OSV shows any record by its id.
    private static String address(String id) {
        return "https://osv.dev/vulnerability/" + id;
    }

    private static void entry(JsonPage json, Entry entry) {
        Component component = entry.component();
        json.text("SPDXID", entry.id())
                .text("name", component.name().name())
                .textIfAny("versionInfo", component.version())
                .text("downloadLocation", "NOASSERTION")
                .flag("filesAnalyzed", false)
                .text("licenseConcluded", "NOASSERTION")
                .text("licenseDeclared", "NOASSERTION")
                .text("copyrightText", "NOASSERTION");
        List<Reference> references = new ArrayList<>();
        references.add(new Reference("PACKAGE-MANAGER", "purl", component.purl().toString()));
        entry.advisories().forEach(url -> references.add(new Reference("SECURITY", "advisory", url)));
        json.objects(
                "externalRefs",
                references,
                (reference, it) -> reference
                        .text("referenceCategory", it.category())
                        .text("referenceType", it.type())
                        .text("referenceLocator", it.locator()));
    }

    private record Reference(String category, String type, String locator) {}
}
