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
import io.muster.manifests.Reading;
import io.muster.reports.Hit;
import io.muster.reports.IgnoreFile;
import io.muster.reports.Report;
import io.muster.reports.Sighting;
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
                case Reading.Read read -> inputs.add(read.manifest());
                case Reading.Refused refused ->
                    refusals.add(new UnreadableInput(finder.nameOf(file), refused.reason(), refused.line()));
            }
        }
    }

    private Report report(IgnoreFile rules, Instant now) {
        var hits = new ArrayList<Hit>();
        audit.findings().forEach(found -> purl(found).ifPresent(purl -> hits.addAll(hits(found, purl))));
        hits.sort(Hit.WORST_FIRST);
        long open = audit.chosen() - audit.finished();
        if (audit.failed() > 0) {
            refusals.add(new UnreadableInput(audit.id(), audit.failed() + " packages could not be audited", 0));
        }
        if (open > 0) {
            refusals.add(
                    new UnreadableInput(audit.id(), audit.state() + ", and " + open + " packages were not audited", 0));
        }
        // Whether an advisory exists is the cluster's knowledge: a rule for one that was not found is not doubted here.
        var division = rules.divide(hits, now, _ -> true);
        return new Report(
                provenance,
                now,
                inputs,
                division.hits(),
                division.setAside(),
                List.of(),
                refusals,
                division.notes(),
                audit.notices());
    }

    private static Optional<PackageUrl> purl(FindingDocument found) {
        return PackageUrl.parse(found.purl()).valid();
    }

    private List<Hit> hits(FindingDocument found, PackageUrl purl) {
        var finding = finding(found, purl);
        var hits = new ArrayList<Hit>();
        for (Manifest manifest : inputs) {
            for (int position = 0; position < manifest.components().size(); position++) {
                Component component = manifest.components().get(position);
                boolean isIt = component.version().equals(found.version())
                        && (component.purl().equals(purl) || component.name().equals(finding.packageName()));
                if (isIt) {
                    hits.add(new Hit(Scan.sighting(manifest, new DependencyPaths(manifest), position), finding));
                }
            }
        }
        if (hits.isEmpty()) {
            var component = new Component(finding.packageName(), found.version(), purl, DependencyScope.RUNTIME, 0);
            hits.add(new Hit(new Sighting(audit.name(), component, List.of(), 0, List.of()), finding));
        }
        return hits;
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
