package io.muster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConformanceTest {

    private static final String ADVISORY = """
            {"schema_version": "1.6.0", "id": "TEST-1", "modified": "2030-01-01T00:00:00Z", "aliases": ["CVE-2030-0001"],
             "summary": "Pads on the wrong side", "affected": [{"package": {"ecosystem": "npm", "name": "left-pad"},
             "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.0"}]}]}]}
            """;

    private static final String LOCKFILE = """
            {"name": "app", "version": "1.0.0", "lockfileVersion": 3, "packages": {
              "": {"name": "app", "version": "1.0.0", "dependencies": {"left-pad": "1.2.0", "right-pad": "1.2.0"}},
              "node_modules/left-pad": {"version": "1.2.0"},
              "node_modules/right-pad": {"version": "1.2.0"}}}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void vectors_that_all_pass_exit_with_0() throws IOException {
        write("semver-versions.txt", "# a comment", "", "1.0.0 < 1.0.1", "1.0.0-rc.1 < 1.0.0", "v2 = 2.0.0");

        int exit = run();

        assertThat(exit).isZero();
        assertThat(out.toString()).containsPattern("total +1 files +3 +0 +0 +0");
    }

    @Test
    void other_layouts_of_the_same_lines_are_read_too() throws IOException {
        write(
                "a/b/go-versions-generated.txt",
                "\uFEFF# marked",
                "v1.0.0 == 1.0.0\r",
                "\tv1.2.0   >  v1.1.0  ",
                "#no space");
        write("versions/PyPI.txt", "1.0 <= 1.0.0 # equal", "1.0 >= 1.0a1 // greater", "//", "#");
        write("rocky-linux-versions.txt", "1.0~rc1 < 1.0");

        int exit = run();

        assertThat(exit).isZero();
        assertThat(out.toString()).containsPattern("total +3 files +5 +0 +0 +0");
    }

    @Test
    void other_signs_fail_where_they_do_not_hold() throws IOException {
        write("go-versions.txt", "v1.0.0 == 1.0.1", "v1.0.0 >= 1.0.1", "v1.0.1 <= 1.0.0");

        int exit = run();

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).containsPattern("total +1 files +0 +3 +0 +0");
    }

    @Test
    void the_earlier_suite_of_package_urls_is_noted() throws IOException {
        write("test-suite-data.json", """
                [{"description": "valid", "purl": "pkg:NPM/foo@1.0", "canonical_purl": "pkg:npm/foo@1.0", "type": "npm",
                  "namespace": null, "name": "foo", "version": "1.0", "qualifiers": null, "subpath": null,
                  "is_invalid": false},
                 {"description": "no scheme", "purl": "npm/foo@1.0", "is_invalid": true},
                 {"description": "wrong on purpose", "purl": "pkg:npm/foo@1.0", "canonical_purl": "pkg:npm/bar@1.0",
                  "type": "npm", "name": "foo", "version": "1.0", "is_invalid": false}]
                """);

        int exit = run();

        assertThat(exit).isZero();
        assertThat(out.toString())
                .containsPattern("test-suite-data.json +2 +0 +1 +0")
                .contains("wrong on purpose");
    }

    @Test
    void a_required_case_that_fails_exits_with_1_and_is_printed_with_its_line() throws IOException {
        write("semver-versions.txt", "1.0.0 < 1.0.1", "2.0.0 < 1.0.0");

        int exit = run();

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains("FAILED line 2: 2.0.0 < 1.0.0 but found >");
    }

    @Test
    void a_line_that_is_no_comparison_fails() throws IOException {
        write("pypi-versions-mine.txt", "1.0 is older than 2.0");

        int exit = run();

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains("is no comparison");
    }

    @Test
    void an_ecosystem_without_an_order_is_not_run_and_fails_nothing() throws IOException {
        write("semver-versions.txt", "1 < 2");
        write("atlantis-versions.txt", "1 < 2", "2 < 1");

        int exit = run();

        assertThat(exit).isZero();
        assertThat(out.toString()).containsPattern("atlantis-versions.txt +0 +0 +0 +2");
    }

    @Test
    void package_url_cases_gate_only_when_they_are_required() throws IOException {
        write("npm-test.json", """
                {"tests": [
                  {"test_group": "required", "test_type": "parse", "input": "pkg:npm/left-pad@1.3.0",
                   "expected_output": {"type": "npm", "name": "left-pad", "version": "1.3.0", "qualifiers": null}},
                  {"test_group": "required", "test_type": "build", "expected_failure": true,
                   "input": {"type": "npm", "name": ""}},
                  {"test_group": "recommended", "test_type": "validate", "input": "pkg:npm/a?b=c",
                   "expected_output": "pkg:npm/something-else"},
                  {"test_group": "required", "test_type": "a type of the future", "input": "pkg:npm/a"}]}
                """);

        int exit = run();

        assertThat(exit).isZero();
        assertThat(out.toString()).containsPattern("npm-test.json +2 +0 +1 +1").contains("noted");
    }

    @Test
    void a_broken_json_file_fails_instead_of_being_passed_over() throws IOException {
        write("npm-test.json", "{\"tests\": [");

        int exit = run();

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains("the file is no JSON");
    }

    @Test
    void a_folder_without_vectors_is_a_wrong_call() throws IOException {
        write("README.md", "no vectors here");

        int exit = run();

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("no vector files");
    }

    @Test
    void only_as_many_failures_as_asked_for_are_printed() throws IOException {
        write("semver-versions.txt", "2 < 1", "3 < 1", "4 < 1");

        run("--show", "1");

        assertThat(out.toString()).contains("2 < 1").doesNotContain("3 < 1").contains("and 2 more");
    }

    @Test
    void a_query_must_match_exactly_the_records_it_expects() throws IOException {
        write("advisories/TEST-1.json", ADVISORY);
        write("queries.json", """
                {"advisories": "advisories", "queries": [
                  {"ecosystem": "npm", "name": "left-pad", "version": "1.2.9", "expected": ["TEST-1"]},
                  {"package": {"ecosystem": "npm", "name": "left-pad"}, "version": "1.3.0", "expected": []},
                  {"purl": "pkg:npm/left-pad@1.0.0", "expected": ["TEST-1"]},
                  {"purl": "pkg:npm/left-pad@1.0.0", "expected": []},
                  {"purl": "no package url", "expected": []}]}
                """);

        int exit = run();

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("queries.json +3 +2")
                .contains("npm/left-pad at 1.0.0 should match [] but matches [TEST-1]")
                .contains("names no package of OSV at a version");
    }

    @Test
    void a_scan_must_find_what_is_expected_and_nothing_else() throws IOException {
        write("advisories/TEST-1.json", ADVISORY);
        write("app/package-lock.json", LOCKFILE);
        write("right-findings.json", """
                {"advisories": "advisories", "scans": [{"path": "app", "packages": 2, "findings": [
                  {"package": "npm/left-pad", "version": "1.2.0", "ids": ["CVE-2030-0001"]}]}]}
                """);
        write("wrong-findings.json", """
                {"advisories": "advisories", "scans": [
                  {"path": "app/package-lock.json", "packages": 3, "findings": [
                    {"package": "npm/right-pad", "version": "1.2.0", "ids": ["TEST-2"]}]},
                  {"path": "app", "complete": false, "findings": []},
                  {"path": "nowhere"}]}
                """);

        int exit = run();

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("right-findings.json +2 +0")
                .containsPattern("wrong-findings.json +0 +4")
                .contains("should have 3 packages but has 2")
                .contains("npm/right-pad@1.2.0 should have TEST-2 but has []")
                .contains("nobody expects TEST-1 in npm/left-pad@1.2.0")
                .contains("cannot scan 'nowhere'");
    }

    @Test
    void a_file_that_cannot_be_run_fails_and_the_others_still_run() throws IOException {
        write("queries.json", """
                {"queries": []}
                """);
        write("semver-versions.txt", "1 < 2");

        int exit = run();

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .contains("it names no advisories and none were given with --advisories")
                .containsPattern("semver-versions.txt +1 +0");
    }

    @Test
    void the_advisories_of_the_call_stand_in_for_those_of_the_file() throws IOException {
        write("others/TEST-1.json", ADVISORY);
        write("queries.json", """
                [{"purl": "pkg:npm/left-pad@1.0.0", "expected": ["TEST-1"]}]
                """);

        int exit = run("--advisories", folder.resolve("others").toString());

        assertThat(exit).isZero();
    }

    private void write(String name, String... lines) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), String.join("\n", lines));
    }

    private int run(String... options) {
        var command = new CommandLine(new Conformance());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        var arguments = new ArrayList<>(List.of(options));
        arguments.add(folder.toString());
        return command.execute(arguments.toArray(String[]::new));
    }
}
