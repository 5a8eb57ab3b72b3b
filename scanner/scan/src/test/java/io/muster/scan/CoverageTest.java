package io.muster.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.catalog.OsvFiles;
import io.muster.reports.IgnoreFile;
import io.muster.reports.IgnoreReading;
import io.muster.reports.Report;
import io.muster.reports.ReportFormat;
import io.muster.reports.ScanVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clean is what was asked about and found clean; what was not asked about is counted and told in every format.
class CoverageTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private Report scan(String fileName, String text) throws IOException {
        OsvFiles.write(folder.resolve("osv/EX-1.json"), OsvFiles.record("EX-1", "star", "1.2.0"));
        OsvFiles.write(folder.resolve("osv/EX-2.json"), """
                {"id": "EX-2", "affected": [{"package": {"ecosystem": "Debian:12", "name": "openssl"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.0.13"}]}]}]}
                """);
        OsvFiles.write(folder.resolve("osv/EX-3.json"), """
                {"id": "EX-3", "affected": [{"package": {"ecosystem": "Packagist", "name": "acme/probe"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "8.2.15"}]}]}]}
                """);
        OsvFiles.write(folder.resolve("osv/EX-4.json"), """
                {"id": "EX-4", "affected": [{"package": {"ecosystem": "Packagist", "name": "acme/always"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}]}
                """);
        OsvFiles.write(folder.resolve("app/" + fileName), text);
        return Scan.of(
                folder.resolve("app"),
                AdvisoryDatabase.load(folder.resolve("osv")),
                IgnoreFile.EMPTY,
                NOW,
                Scan.Listener.SILENT);
    }

    private static String bom(String... purls) {
        var text = new StringBuilder("{\"bomFormat\": \"CycloneDX\", \"components\": [");
        for (int i = 0; i < purls.length; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"type\": \"library\", \"name\": \"x\", \"purl\": \"")
                    .append(purls[i])
                    .append("\"}");
        }
        return text.append("]}").toString();
    }

    @Test
    void packages_without_one_version_among_them_are_not_clean() throws IOException {
        var report = scan("requirements.txt", "star>=1.0\n");

        assertThat(report.verdict()).isEqualTo(ScanVerdict.NOTHING_MATCHED);
        assertThat(report.verdict().exitCode()).isEqualTo(127);
        assertThat(ReportFormat.TABLE.write(report))
                .contains("Nothing could be matched")
                .contains("1 without a version");
    }

    @Test
    void ecosystems_without_a_record_are_counted_and_alone_are_not_clean() throws IOException {
        var alone = scan("bom.json", bom("pkg:pub/a@1.0", "pkg:deb/debian/openssl@1?distro=debian-11"));

        assertThat(alone.verdict()).isEqualTo(ScanVerdict.NOTHING_MATCHED);
        assertThat(alone.coverage().withoutAdvisories()).isEqualTo(Map.of("Pub", 1, "Debian:11", 1));

        var mixed = scan("bom.json", bom("pkg:pub/a@1.0", "pkg:npm/moon@1.0"));

        assertThat(mixed.verdict()).isEqualTo(ScanVerdict.CLEAN);
        assertThat(mixed.coverage().asked()).isEqualTo(1);
        assertThat(mixed.coverage().withoutAdvisories()).isEqualTo(Map.of("Pub", 1));
    }

    @Test
    void copies_from_elsewhere_alone_are_clean_and_told() throws IOException {
        var report = scan("requirements.txt", "star @ git+https://git.example.org/star.git\n");

        assertThat(report.verdict()).isEqualTo(ScanVerdict.CLEAN);
        assertThat(report.warnings()).contains("requirements.txt: skipped 1: 1 from git");
    }

    @Test
    void a_file_of_which_no_entry_is_understood_is_not_clean() throws IOException {
        var report = scan("gradle.lockfile", "what is this\n");

        assertThat(report.verdict()).isEqualTo(ScanVerdict.FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void every_format_tells_what_was_not_asked_about(ReportFormat format) throws IOException {
        var report = scan("bom.json", bom("pkg:pub/a@1.0", "pkg:npm/moon@1.0", "pkg:npm/b@%5E2.0.0"));

        assertThat(format.write(report)).contains("Pub").contains("with a version that is not one version");
    }

    @Test
    void a_distributions_package_is_matched_by_its_source() throws IOException {
        var report = scan("bom.json", bom("pkg:deb/debian/libssl3@3.0.11?upstream=openssl&distro=debian-12"));

        assertThat(report.matches()).extracting(match -> match.finding().id()).containsExactly("EX-2");
        assertThat(report.matches().getFirst().occurrence().component().label()).isEqualTo("libssl3@3.0.11");
        for (String name : new String[] {"libssl3", "openssl"}) {
            String rule = """
                    [[PackageOverrides]]
                    name = "%s"
                    ecosystem = "Debian"
                    ignore = true
                    """.formatted(name);
            var reading = IgnoreFile.parse("i.toml", rule);
            var ignores = ((IgnoreReading.Read) reading).file();

            assertThat(ignores.divide(report.matches(), NOW, id -> true).matches())
                    .isEmpty();
        }
    }

    @Test
    void a_branch_is_affected_only_by_what_affects_every_version() throws IOException {
        var report = scan("composer.lock", """
                {"packages": [{"name": "acme/probe", "version": "dev-main"}, {"name": "acme/always", "version": "1.x-dev"},
                  {"name": "acme/probe", "version": "8.2.14"}]}
                """);

        assertThat(report.matches())
                .extracting(
                        match -> match.finding().id() + " " + match.finding().version())
                .containsExactlyInAnyOrder("EX-4 1.x-dev", "EX-3 8.2.14");
        assertThat(report.undecided()).extracting(it -> it.advisory()).containsExactly("EX-3");
    }
}
