package io.muster.reports;

import io.muster.advisories.AdvisoryReader;
import io.muster.advisories.AdvisoryReading;
import io.muster.advisories.Finding;
import io.muster.advisories.Matcher;
import io.muster.advisories.MatcherEntry;
import io.muster.advisories.Provenance;
import io.muster.manifests.Component;
import io.muster.manifests.Manifest;
import io.muster.manifests.ManifestReading;
import io.muster.manifests.Manifests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A small report for tests: a lockfile of three packages, two of which have a weakness.
final class Reports {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Provenance PROVENANCE = new Provenance("sha256:" + "ab".repeat(32), "muster-advisories/0.1.0");

    private static final String LOCK = """
            {
              "name": "shop", "version": "1.0.0", "lockfileVersion": 3,
              "packages": {
                "": {"name": "shop", "version": "1.0.0", "dependencies": {"star": "^1.0.0"},
                     "devDependencies": {"moon": "^2.0.0"}},
                "node_modules/star": {"version": "1.0.0", "dependencies": {"dust": "^0.1.0"}},
                "node_modules/dust": {"version": "0.1.0"},
                "node_modules/moon": {"version": "2.0.0", "dev": true}
              }
            }
            """;

    private static final List<String> ADVISORIES = List.of("""
            {"id": "EX-1", "aliases": ["CVE-2026-1"], "summary": "Star | falls `through` <b>the</b> roof",
             "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
             "references": [{"type": "ADVISORY", "url": "https://example.org/EX-1"}],
             "affected": [{"package": {"ecosystem": "npm", "name": "dust"}, "ranges": [
               {"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "0.1.5"}]}]}]}
            """, """
            {"id": "EX-2", "summary": "Moon is not maintained", "database_specific": {"severity": "LOW"},
             "affected": [{"package": {"ecosystem": "npm", "name": "moon"}, "ranges": [
               {"type": "SEMVER", "events": [{"introduced": "0"}]}]}]}
            """);

    private Reports() {}

    static Manifest lockfile() {
        var reading =
                Manifests.read("package-lock.json", LOCK.getBytes(StandardCharsets.UTF_8), path -> Optional.empty());
        return ((ManifestReading.Read) reading).manifest();
    }

    /// Every match in the lockfile.
    static List<ReportedMatch> matches() {
        List<MatcherEntry> entries = ADVISORIES.stream()
                .map(text -> AdvisoryReader.json("test", text.getBytes(StandardCharsets.UTF_8)))
                .flatMap(reading -> MatcherEntry.of(((AdvisoryReading.Read) reading).advisory()).stream())
                .toList();
        var matcher = new Matcher(PROVENANCE);
        List<ReportedMatch> matches = new ArrayList<>();
        for (Component component : lockfile().components()) {
            var matching = matcher.match(entries, component.name(), component.version());
            for (Finding finding : matching.findings()) {
                matches.add(new ReportedMatch(occurrence(component), finding));
            }
        }
        return matches;
    }

    private static Occurrence occurrence(Component component) {
        boolean isDeep = component.name().name().equals("dust");
        List<String> path = isDeep ? List.of("star@1.0.0", component.label()) : List.of(component.label());
        return new Occurrence("package-lock.json", component, List.of(path), 1, List.of(path.getFirst()));
    }

    static IgnoreFile ignoring(String toml) {
        return ((IgnoreReading.Read) IgnoreFile.parse("ignore.toml", toml)).file();
    }

    /// A report of the lockfile under an ignore file.
    static Report report(IgnoreFile ignores) {
        var division = ignores.divide(matches(), NOW, id -> id.startsWith("EX-") || id.startsWith("CVE-"));
        return new Report(
                PROVENANCE,
                NOW,
                List.of(lockfile()),
                division.matches(),
                division.suppressed(),
                List.of(),
                List.of(),
                division.notes(),
                List.of());
    }

    /// A report with something in every part.
    static Report full() {
        var ignores = ignoring("""
                [[IgnoredVulns]]
                id = "EX-2"
                ignoreUntil = 2026-12-31
                reason = "only at build time"

                [[IgnoredVulns]]
                id = "NOBODY-1"
                """);
        var plain = report(ignores);
        var dust = plain.matches().getFirst().occurrence();
        return new Report(
                plain.provenance(),
                plain.at(),
                plain.inputs(),
                plain.matches(),
                plain.suppressed(),
                List.of(new UndecidedMatch(dust, "OSV-9", "only GIT ranges, which need the repository")),
                List.of(new UnreadableInput("broken/Cargo.lock", "no TOML", 7)),
                plain.ruleNotes(),
                List.of("package-lock.json: an odd entry was passed over"));
    }

    /// A report of the same lockfile in which nothing was found.
    static Report clean() {
        return new Report(
                PROVENANCE, NOW, List.of(lockfile()), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
