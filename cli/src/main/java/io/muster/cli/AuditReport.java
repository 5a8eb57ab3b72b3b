package io.muster.cli;

import io.muster.advisories.Advisory;
import io.muster.advisories.Finding;
import io.muster.advisories.Fix;
import io.muster.advisories.Provenance;
import io.muster.advisories.Rating;
import io.muster.advisories.Severity;
import io.muster.client.AuditDocument;
import io.muster.client.FindingDocument;
import io.muster.manifests.Component;
import io.muster.manifests.DependencyPaths;
import io.muster.manifests.DependencyScope;
import io.muster.manifests.Manifest;
import io.muster.manifests.ManifestReading;
import io.muster.reports.IgnoreFile;
import io.muster.reports.Occurrence;
import io.muster.reports.Report;
import io.muster.reports.ReportedMatch;
import io.muster.reports.UnreadableInput;
import io.muster.scan.ManifestFinder;
import io.muster.scan.Scan;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import io.muster.versions.PackageUrl;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An audit of the cluster as the report that a scan of the same files would give: what the cluster found, at the
/// places where the manifests here name it.
final class AuditReport {
    private final AuditDocument audit;
    private final Provenance provenance;
    private final List<Manifest> inputs = new ArrayList<>();
    private final List<UnreadableInput> refusals = new ArrayList<>();

    private AuditReport(AuditDocument audit) {
        this.audit = audit;
        this.provenance = Provenance.ofDatabase(Objects.requireNonNullElse(audit.database(), "unknown"));
    }

    /// @param root what was audited, to name files and lines; null where only the cluster's answer is known
    static Report of(AuditDocument audit, @Nullable Path root, IgnoreFile rules, Instant now) {
        var report = new AuditReport(audit);
        if (root != null) {
            report.read(root);
        }
        return report.report(rules, now);
    }

    private void read(Path root) {
        var finder = new ManifestFinder(root);
        for (Path file : finder.walk().files()) {
            switch (finder.read(file)) {
                case ManifestReading.Read read -> inputs.add(read.manifest());
                case ManifestReading.Refused refused ->
                    refusals.add(new UnreadableInput(finder.nameOf(file), refused.reason(), refused.line()));
            }
        }
    }

    private Report report(IgnoreFile rules, Instant now) {
        var matches = new ArrayList<ReportedMatch>();
        audit.findings().forEach(found -> purl(found).ifPresent(purl -> matches.addAll(matches(found, purl))));
        matches.sort(ReportedMatch.WORST_FIRST);
        long open = audit.chosen() - audit.finished();
        if (audit.failed() > 0) {
            refusals.add(new UnreadableInput(audit.id(), audit.failed() + " packages could not be audited", 0));
        }
        if (open > 0) {
            refusals.add(
                    new UnreadableInput(audit.id(), audit.state() + ", and " + open + " packages were not audited", 0));
        }
        // Whether an advisory exists is the cluster's knowledge: a rule for one that was not found is not doubted here.
        var division = rules.divide(matches, now, _ -> true);
        return new Report(
                provenance,
                now,
                inputs,
                division.matches(),
                division.suppressed(),
                List.of(),
                refusals,
                division.notes(),
                audit.notices());
    }

    private static Optional<PackageUrl> purl(FindingDocument found) {
        return PackageUrl.parse(found.purl()).valid();
    }

    private List<ReportedMatch> matches(FindingDocument found, PackageUrl purl) {
        var finding = finding(found, purl);
        var matches = new ArrayList<ReportedMatch>();
        for (Manifest manifest : inputs) {
            for (int position = 0; position < manifest.components().size(); position++) {
                Component component = manifest.components().get(position);
                boolean isIt = component.version().equals(found.version())
                        && (component.purl().equals(purl) || component.name().equals(finding.packageName()));
                if (isIt) {
                    matches.add(new ReportedMatch(
                            Scan.occurrence(manifest, new DependencyPaths(manifest), position), finding));
                }
            }
        }
        if (matches.isEmpty()) {
            var component = new Component(finding.packageName(), found.version(), purl, DependencyScope.RUNTIME, 0);
            matches.add(new ReportedMatch(new Occurrence(audit.name(), component, List.of(), 0, List.of()), finding));
        }
        return matches;
    }

    private Finding finding(FindingDocument found, PackageUrl purl) {
        var name =
                purl.packageName().orElseGet(() -> new PackageName(Ecosystem.parse(found.ecosystem()), found.name()));
        Double score = found.score();
        var rating =
                new Rating(Severity.ofWord(found.severity()), score == null ? 0 : score, score == null ? "" : "CVSS");
        return new Finding(
                name,
                found.version(),
                found.id(),
                List.of(found.id()),
                found.aliases(),
                found.id().startsWith("MAL-") ? Advisory.Kind.MALICIOUS : Advisory.Kind.VULNERABILITY,
                rating,
                Objects.requireNonNullElse(found.summary(), ""),
                "",
                found.fixed() == null ? new Fix.NoneKnown() : new Fix.Upgrade(found.fixed(), Fix.Distance.SAME_MAJOR),
                List.of(),
                provenance);
    }
}
