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

    private void write(String name, String... lines) throws IOException {
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
