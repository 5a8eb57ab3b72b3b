package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScanCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void an_app_with_a_weak_package() throws IOException {
        Files.createDirectories(folder.resolve("osv"));
        Files.createDirectories(folder.resolve("app"));
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(folder.resolve("osv/EX-1.json"), """
                {"id": "EX-1", "aliases": ["CVE-2026-1"], "summary": "Star falls", "modified": "2026-01-01T00:00:00Z",
                 "affected": [{"package": {"ecosystem": "PyPI", "name": "star"}, "ranges": [
                   {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2"}]}]}]}
                """);
        Files.writeString(folder.resolve("app/requirements.txt"), "star==1.0\n");
    }

    private int run(Object command, String... arguments) {
        var line = new CommandLine(command);
        line.setExecutionExceptionHandler(Told::plainly);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private int scan(String... more) {
        var arguments = new ArrayList<String>();
        arguments.add("--database=" + folder.resolve("osv"));
        arguments.addAll(List.of(more));
        return run(new ScanCommand(), arguments.toArray(String[]::new));
    }

    @Test
    void findings_exit_with_1() {
        assertThat(scan(folder.resolve("app").toString())).isEqualTo(1);
        assertThat(out.toString()).contains("EX-1").contains("star").contains("requirements.txt:1");
    }

    @Test
    void a_device_that_refuses_a_report_is_named() throws IOException {
        // By a link, so that a device of this machine cannot be replaced by a mistake.
        Path full = Files.createSymbolicLink(folder.resolve("full"), Path.of("/dev/full"));

        assertThat(scan(folder.resolve("app").toString(), "-o", full.toString()))
                .isEqualTo(2);

        assertThat(err.toString()).contains("cannot write the report to " + full + ": No space left on device");
        assertThat(full).isSymbolicLink();
    }

    @Test
    void a_report_to_a_link_goes_where_the_link_leads() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), kept);

        scan(folder.resolve("app").toString(), "-o", link.toString());

        assertThat(link).isSymbolicLink();
        assertThat(kept).content().contains("EX-1");
    }

    @Test
    void a_report_that_cannot_be_written_leaves_nothing_behind() throws IOException {
        int onFolder = scan(
                folder.resolve("app").toString(), "-o", folder.resolve("empty").toString());

        assertThat(onFolder).isEqualTo(2);
        try (var left = Files.list(folder)) {
            assertThat(left).noneMatch(each -> each.toString().endsWith(".tmp"));
        }
    }

    @Test
    void no_packages_exit_with_128() {
        assertThat(scan(folder.resolve("empty").toString())).isEqualTo(128);
    }

    @Test
    void what_cannot_be_scanned_exits_with_127() {
        assertThat(scan(folder.resolve("nowhere").toString())).isEqualTo(127);
        assertThat(err.toString()).contains("nowhere").hasLineCount(1);
    }

    @Test
    void a_missing_database_says_how_to_get_one() {
        int exitCode = run(new ScanCommand(), "--database=" + folder.resolve("none"), folder.toString());

        assertThat(exitCode).isEqualTo(127);
        assertThat(err.toString()).contains("muster advisories import");
    }

    @Test
    void an_unknown_format_names_those_there_are() {
        assertThat(scan("--format=pdf", folder.resolve("app").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("sarif");
    }

    @Test
    void the_ignore_file_of_the_folder_is_used() throws IOException {
        Files.writeString(
                folder.resolve("app/" + ReportOptions.USUAL_IGNORE_FILE), "[[IgnoredVulns]]\nid = \"CVE-2026-1\"\n");

        assertThat(scan(folder.resolve("app").toString())).isZero();
    }

    @Test
    void a_broken_ignore_file_stops_the_scan() throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.toml"), "[[IgnoredVuln]]\nid = \"A\"\n");

        assertThat(scan("--ignore=" + rules, folder.resolve("app").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean 'IgnoredVulns'");
    }

    @Test
    void the_report_goes_to_a_file_when_asked() throws IOException {
        Path file = folder.resolve("report.sarif");

        assertThat(scan(
                        "--format=sarif",
                        "--output=" + file,
                        folder.resolve("app").toString()))
                .isEqualTo(1);

        assertThat(Files.readString(file)).contains("\"2.1.0\"");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void several_paths_are_one_report() throws IOException {
        Files.createDirectories(folder.resolve("tools/test"));
        Files.writeString(folder.resolve("tools/test/requirements.txt"), "star==1.1\n");
        String app = folder.resolve("app").toString();
        String tools = folder.resolve("tools").toString();

        assertThat(scan(app, tools)).isEqualTo(1);
        assertThat(out.toString()).contains("requirements.txt:1", "test/requirements.txt:1", "1.1");
    }

    @Test
    void what_is_excluded_is_not_scanned() throws IOException {
        Files.createDirectories(folder.resolve("tools/test"));
        Files.writeString(folder.resolve("tools/test/requirements.txt"), "star==1.1\n");
        String app = folder.resolve("app").toString();
        String tools = folder.resolve("tools").toString();

        assertThat(scan("--exclude", "test/**", tools)).isEqualTo(128);
        assertThat(scan("--exclude", "requirements.txt", app)).isEqualTo(128);
    }

    @Test
    void only_what_is_bad_enough_fails() throws IOException {
        String app = folder.resolve("app").toString();

        assertThat(scan("--fail-on", "high", app)).as("nobody rated it").isZero();
        assertThat(out.toString()).contains("EX-1");
        assertThat(err.toString()).contains("1 findings that nobody rated");
        assertThat(scan("--fail-on", "awful", app)).isEqualTo(2);
    }

    @Test
    void a_manifest_comes_from_stdin_under_a_name_that_is_said() {
        var before = System.in;
        System.setIn(new java.io.ByteArrayInputStream("star==1.0\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        try {
            assertThat(scan("-", "--stdin-name", "requirements.txt")).isEqualTo(1);
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString()).contains("requirements.txt:1");
    }

    @Test
    void imported_advisories_are_used() {
        String store = "--database=" + folder.resolve("store");

        assertThat(run(
                        new AdvisoriesCommandGroup(),
                        store,
                        "import",
                        folder.resolve("osv").toString()))
                .isZero();
        assertThat(run(new ScanCommand(), store, folder.resolve("app").toString()))
                .isEqualTo(1);
        assertThat(run(new AdvisoriesCommandGroup(), store, "show", "CVE-2026-1"))
                .isZero();
        assertThat(run(new AdvisoriesCommandGroup(), store, "list", "--ecosystem=pypi"))
                .isZero();
        assertThat(run(new AdvisoriesCommandGroup(), "stats", store)).isZero();
        assertThat(run(new AdvisoriesCommandGroup(), store, "snapshots")).isZero();
        assertThat(run(new AdvisoriesCommandGroup(), store, "show", "NONE-1")).isEqualTo(3);

        assertThat(out.toString())
                .contains("1 records from 1 documents")
                .contains("affects PyPI/star")
                .contains("range introduced 0, fixed 1.2")
                .contains("PyPI")
                .contains("in use");
        assertThat(err.toString()).contains("NONE-1");
    }
}
