package io.muster.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.catalog.OsvFiles;
import io.muster.reports.IgnoreFile;
import io.muster.reports.IgnoreReading;
import io.muster.reports.Report;
import io.muster.reports.ReportFormat;
import io.muster.reports.ReportedMatch;
import io.muster.reports.ScanVerdict;
import io.muster.reports.UnreadableInput;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private AdvisoryDatabase database;

    @BeforeEach
    void a_database_that_knows_star_and_dust() throws IOException {
        OsvFiles.write(folder.resolve("osv/EX-1.json"), OsvFiles.record("EX-1", "star", "1.2.0"));
        OsvFiles.write(folder.resolve("osv/EX-2.json"), OsvFiles.record("EX-2", "dust", "0.5.0"));
        OsvFiles.write(folder.resolve("osv/EX-3.json"), """
                {"id": "EX-3", "affected": [{"package": {"ecosystem": "npm", "name": "moon"},
                  "ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}]}
                """);
        database = AdvisoryDatabase.load(folder.resolve("osv"));
        OsvFiles.write(folder.resolve("app/web/package-lock.json"), """
                {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": {
                  "": {"name": "shop", "version": "1.0.0", "dependencies": {"star": "^1.0.0", "moon": "^2.0.0"}},
                  "node_modules/star": {"version": "1.1.0", "dependencies": {"dust": "^0.1.0"}},
                  "node_modules/dust": {"version": "0.1.0"},
                  "node_modules/moon": {"version": "2.0.0"}}}
                """);
    }

    private Report scan(IgnoreFile ignores) throws IOException {
        return Scan.of(folder.resolve("app"), database, ignores, NOW, Scan.Listener.SILENT);
    }

    @Test
    void every_package_of_every_manifest_is_matched() throws IOException {
        OsvFiles.write(folder.resolve("app/requirements.txt"), "star==1.0\n");

        var report = scan(IgnoreFile.EMPTY);

        assertThat(report.packages()).isEqualTo(4);
        assertThat(report.matches())
                .extracting(
                        match -> match.finding().id() + " " + match.occurrence().place())
                .containsExactly("EX-2 web/package-lock.json:4", "EX-1 web/package-lock.json:3");
        assertThat(report.verdict()).isEqualTo(ScanVerdict.FOUND);
        assertThat(report.provenance().databaseDigest()).isEqualTo(database.digest());
    }

    @Test
    void a_match_names_the_way_from_the_project_and_what_to_change() throws IOException {
        var report = scan(IgnoreFile.EMPTY);

        var dust = report.matches().getFirst().occurrence();
        assertThat(dust.paths()).containsExactly(List.of("star@1.1.0", "dust@0.1.0"));
        assertThat(dust.pathCount()).isEqualTo(1);
        assertThat(dust.direct()).containsExactly("star@1.1.0");
    }

    @Test
    void a_flat_list_claims_no_ways() throws IOException {
        OsvFiles.write(folder.resolve("flat/bom.json"), """
                {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
                  {"type": "library", "name": "star", "version": "1.0.0", "purl": "pkg:npm/star@1.0.0"}]}
                """);

        var report = Scan.of(folder.resolve("flat"), database, IgnoreFile.EMPTY, NOW, Scan.Listener.SILENT);

        assertThat(report.matches()).hasSize(1);
        assertThat(report.matches().getFirst().occurrence().paths()).isEmpty();
    }

    @Test
    void what_versions_cannot_decide_is_told() throws IOException {
        assertThat(scan(IgnoreFile.EMPTY).undecided())
                .extracting(
                        it -> it.advisory() + " " + it.occurrence().component().label())
                .containsExactly("EX-3 moon@2.0.0");
    }

    @Test
    void the_ignore_file_divides_the_matches() throws IOException {
        var reading = IgnoreFile.parse("i.toml", "[[IgnoredVulns]]\nid = \"CVE-EX-2\"\n[[IgnoredVulns]]\nid = \"X\"\n");

        var report = scan(((IgnoreReading.Read) reading).file());

        assertThat(report.matches()).extracting(match -> match.finding().id()).containsExactly("EX-1");
        assertThat(report.suppressed()).hasSize(1);
        assertThat(report.ruleNotes()).hasSize(1);
    }

    @Test
    void a_broken_manifest_does_not_stop_the_scan_of_the_rest() throws IOException {
        OsvFiles.write(folder.resolve("app/a/package-lock.json"), "{ broken");

        var report = scan(IgnoreFile.EMPTY);

        assertThat(report.refusals()).extracting(UnreadableInput::input).containsExactly("a/package-lock.json");
        assertThat(report.matches()).hasSize(2);
    }

    @Test
    void a_single_file_is_scanned_whatever_else_lies_beside_it() throws IOException {
        Path file = folder.resolve("app/web/package-lock.json");

        var report = Scan.of(file, database, IgnoreFile.EMPTY, NOW, Scan.Listener.SILENT);

        assertThat(report.matches())
                .extracting(ReportedMatch::occurrence)
                .extracting(it -> it.input())
                .containsOnly("package-lock.json");
    }

    @Test
    void a_folder_without_manifests_has_no_packages() throws IOException {
        OsvFiles.write(folder.resolve("empty/readme.txt"), "nothing");

        var report = Scan.of(folder.resolve("empty"), database, IgnoreFile.EMPTY, NOW, Scan.Listener.SILENT);

        assertThat(report.verdict()).isEqualTo(ScanVerdict.NO_PACKAGES);
    }

    @Test
    void what_does_not_exist_cannot_be_scanned() {
        assertThatThrownBy(
                        () -> Scan.of(folder.resolve("nowhere"), database, IgnoreFile.EMPTY, NOW, Scan.Listener.SILENT))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void the_same_scan_gives_the_same_bytes() throws IOException {
        assertThat(ReportFormat.JSON.write(scan(IgnoreFile.EMPTY)))
                .isEqualTo(ReportFormat.JSON.write(scan(IgnoreFile.EMPTY)));
    }

    @Test
    void progress_counts_the_manifests() throws IOException {
        OsvFiles.write(folder.resolve("app/requirements.txt"), "star==1.0\n");
        List<String> heard = new ArrayList<>();

        Scan.of(folder.resolve("app"), database, IgnoreFile.EMPTY, NOW, (done, of) -> heard.add(done + "/" + of));

        assertThat(heard).containsExactly("1/2", "2/2");
    }
}
