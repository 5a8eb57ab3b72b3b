package io.muster.conformance;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.conformance.FileResult.Counts;
import io.muster.conformance.FileResult.Weight;
import io.muster.reports.IgnoreFile;
import io.muster.reports.Report;
import io.muster.reports.ReportedMatch;
import io.muster.scan.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Lockfiles, SBOMs and folders with what a scan of them must find: `*findings.json`.
///
/// A scan gives several cases: one for each expected finding, one for each finding that nobody expects (unless the
/// scan is marked `"complete": false`), one for the count of packages where it is stated, and one for each input that
/// could not be read.
final class FindingVectors implements VectorSet {

    private final Databases databases;

    FindingVectors(Databases databases) {
        this.databases = databases;
    }

    /// What the file says of one package: the text `ecosystem/name@version`, and the names of its weaknesses.
    private record Expectation(String label, Set<String> ids) {

        static Expectation of(JsonNode node) {
            String label = JsonFile.text(node.path("package")) + "@" + JsonFile.text(node.path("version"));
            return new Expectation(label, JsonFile.texts(node.path("ids")));
        }

        boolean speaksOf(ReportedMatch match) {
            return label.equals(labelOf(match)) && ids.stream().anyMatch(match.finding()::isKnownAs);
        }
    }

    @Override
    public String kind() {
        return "findings";
    }

    @Override
    public boolean recognises(Path file) {
        return file.getFileName().toString().endsWith("findings.json");
    }

    @Override
    public FileResult run(Path file) throws IOException {
        return JsonFile.run(file, (content, counts) -> {
            var database = databases.of(file, content);
            for (JsonNode scan : content.path("scans")) {
                run(scan, file, database, counts);
            }
        });
    }

    private static void run(JsonNode scan, Path file, AdvisoryDatabase database, Counts counts) throws IOException {
        String name = JsonFile.text(scan.path("path"));
        Path path = file.resolveSibling(name);
        if (name.isEmpty() || !Files.exists(path)) {
            counts.fail(Weight.REQUIRED, "cannot scan '" + name + "': there is nothing at " + path);
            return;
        }
        var report = Scan.of(path, database, IgnoreFile.EMPTY, Instant.EPOCH, Scan.Listener.SILENT);
        report.refusals().forEach(refusal -> counts.fail(Weight.REQUIRED, name + ": " + refusal));
        checkPackages(scan, name, report, counts);
        checkFindings(scan, name, report, counts);
    }

    private static void checkPackages(JsonNode scan, String name, Report report, Counts counts) {
        if (!scan.has("packages")) {
            return;
        }
        int expected = scan.path("packages").asInt(-1);
        counts.count(
                report.packages() == expected,
                Weight.REQUIRED,
                () -> name + " should have " + expected + " packages but has " + report.packages());
    }

    private static void checkFindings(JsonNode scan, String name, Report report, Counts counts) {
        List<Expectation> expectations =
                scan.path("findings").values().stream().map(Expectation::of).toList();
        for (Expectation expectation : expectations) {
            for (String id : expectation.ids()) {
                boolean isFound = report.matches().stream()
                        .anyMatch(match -> labelOf(match).equals(expectation.label())
                                && match.finding().isKnownAs(id));
                counts.count(
                        isFound,
                        Weight.REQUIRED,
                        () -> name + ": " + expectation.label() + " should have " + id + " but has "
                                + namesOf(report, expectation.label()));
            }
        }
        if (scan.path("complete").asBoolean(true)) {
            report.matches().stream()
                    .filter(match -> expectations.stream().noneMatch(expectation -> expectation.speaksOf(match)))
                    .forEach(match -> counts.fail(
                            Weight.REQUIRED,
                            name + ": nobody expects " + match.finding().id() + " in " + labelOf(match)));
        }
    }

    private static Set<String> namesOf(Report report, String label) {
        var names = new TreeSet<String>();
        report.matches().stream()
                .filter(match -> labelOf(match).equals(label))
                .forEach(match -> names.addAll(match.finding().advisories()));
        return names;
    }

    private static String labelOf(ReportedMatch match) {
        return match.finding().packageName() + "@" + match.finding().version();
    }
}
