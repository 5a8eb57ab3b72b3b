package io.muster.scan;

import io.muster.advisories.Finding;
import io.muster.advisories.Matching;
import io.muster.advisories.Provenance;
import io.muster.catalog.AdvisoryDatabase;
import io.muster.manifests.Component;
import io.muster.manifests.DependencyGraph;
import io.muster.manifests.DependencyPaths;
import io.muster.manifests.Manifest;
import io.muster.manifests.ManifestReading;
import io.muster.reports.Coverage;
import io.muster.reports.IgnoreFile;
import io.muster.reports.Occurrence;
import io.muster.reports.Report;
import io.muster.reports.ReportedMatch;
import io.muster.reports.UndecidedMatch;
import io.muster.reports.UnreadableInput;
import io.muster.versions.Ecosystem;
import io.muster.versions.Lookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One look at a folder or file: find the manifests, match every package, divide by the ignore file.
///
/// Used once, by one thread. Same files, same database, same rules and same instant: same report.
public final class Scan {

    /// Hears how a scan goes; called on the scanning thread after each manifest.
    @FunctionalInterface
    public interface Listener {
        /// Says nothing to anyone.
        Listener SILENT = (done, of) -> {};

        /// So many of the manifests found were looked at.
        void manifests(int done, int of);
    }

    private final AdvisoryDatabase database;
    private final List<Manifest> inputs = new ArrayList<>();
    private final List<ReportedMatch> matches = new ArrayList<>();
    private final List<UndecidedMatch> undecided = new ArrayList<>();
    private final List<UnreadableInput> refusals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<Ecosystem, Boolean> isSpokenOf = new HashMap<>();
    private final SortedMap<String, Integer> withoutAdvisories = new TreeMap<>();

    private Scan(AdvisoryDatabase database) {
        this.database = database;
    }

    /// Scans `root`, a folder or one manifest of any name; throws only when it does not exist.
    ///
    /// @param now the instant of the scan, by which ignore rules expire
    public static Report of(Path root, AdvisoryDatabase database, IgnoreFile ignores, Instant now, Listener listener)
            throws IOException {
        return of(new ManifestFinder(root), database, ignores, now, listener);
    }

    /// Scans what `finder` finds.
    public static Report of(
            ManifestFinder finder, AdvisoryDatabase database, IgnoreFile ignores, Instant now, Listener listener)
            throws IOException {
        if (!Files.exists(finder.root())) {
            throw new NoSuchFileException(finder.root().toString(), null, "there is nothing to scan");
        }
        var scan = new Scan(database);
        scan.walk(finder, listener);
        var division =
                ignores.divide(scan.matches, now, id -> database.advisory(id).isPresent());
        return new Report(
                Provenance.ofDatabase(database.digest()),
                now,
                scan.inputs,
                division.matches(),
                division.suppressed(),
                scan.undecided,
                scan.refusals,
                division.notes(),
                scan.warnings,
                Coverage.of(scan.inputs, scan.withoutAdvisories));
    }

    private void walk(ManifestFinder finder, Listener listener) {
        var walk = finder.walk();
        walk.problems()
                .forEach(problem ->
                        refusals.add(new UnreadableInput(finder.root().toString(), problem, 0)));
        int done = 0;
        for (Path file : walk.files()) {
            switch (finder.read(file)) {
                case ManifestReading.Read(Manifest manifest, List<String> odd) -> {
                    odd.forEach(warning -> warnings.add(manifest.name() + ": " + warning));
                    look(manifest);
                }
                case ManifestReading.Refused(String reason, int line) ->
                    refusals.add(new UnreadableInput(finder.nameOf(file), reason, line));
            }
            listener.manifests(++done, walk.files().size());
        }
    }

    private void look(Manifest manifest) {
        inputs.add(manifest);
        var paths = new DependencyPaths(manifest);
        List<ReportedMatch> here = new ArrayList<>();
        for (int position = 0; position < manifest.components().size(); position++) {
            Component component = manifest.components().get(position);
            List<Lookup> lookups = component.lookups();
            if (lookups.isEmpty()) {
                continue;
            }
            var ecosystem = lookups.getFirst().name().ecosystem();
            if (!isSpokenOf.computeIfAbsent(ecosystem, database::speaksOf)) {
                withoutAdvisories.merge(ecosystem.toString(), 1, Integer::sum);
                continue;
            }
            var matching = database.match(lookups);
            if (matching.findings().isEmpty() && matching.undecided().isEmpty()) {
                continue;
            }
            var occurrence = occurrence(manifest, paths, position);
            for (Finding finding : matching.findings()) {
                here.add(new ReportedMatch(occurrence, finding));
            }
            for (Matching.Undecided it : matching.undecided()) {
                undecided.add(new UndecidedMatch(occurrence, it.advisory(), it.reason()));
            }
        }
        if (!manifest.skipped().isEmpty()) {
            int skipped = manifest.skipped().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            warnings.add(manifest.name() + ": skipped " + skipped + ": " + Coverage.words(manifest.skipped()));
        }
        here.sort(ReportedMatch.WORST_FIRST);
        matches.addAll(here);
    }

    /// The component at `position`, with how the project comes to have it.
    public static Occurrence occurrence(Manifest manifest, DependencyPaths paths, int position) {
        Component component = manifest.components().get(position);
        if (manifest.graph().knowledge() == DependencyGraph.Knowledge.NONE) {
            return new Occurrence(manifest.name(), component, List.of(), 0, List.of());
        }
        var shortest = paths.shortestTo(position);
        var listed = shortest.listed().stream()
                .map(path -> path.stream().map(Component::label).toList())
                .toList();
        var direct = paths.directFor(position).stream().map(Component::label).toList();
        return new Occurrence(manifest.name(), component, listed, shortest.count(), direct);
    }
}
