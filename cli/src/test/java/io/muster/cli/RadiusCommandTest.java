package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RadiusCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void two_projects_that_need_dust() throws IOException {
        Files.createDirectories(folder.resolve("web"));
        Files.writeString(folder.resolve("web/package-lock.json"), """
                {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": {
                  "": {"name": "shop", "version": "1.0.0", "dependencies": {"star": "^1.0.0"}},
                  "node_modules/star": {"version": "1.1.0", "dependencies": {"dust": "^0.1.0"}},
                  "node_modules/dust": {"version": "0.1.0"}}}
                """);
        Files.createDirectories(folder.resolve("api"));
        Files.writeString(folder.resolve("api/requirements.txt"), "Dust==2.0\n");
    }

    private int radius(String subject) {
        var line = new CommandLine(new RadiusCommand());
        line.setExecutionExceptionHandler(Told::plainly);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(subject, folder.toString());
    }

    @Test
    void who_has_a_package_and_what_needs_it_is_told() {
        assertThat(radius("npm/dust")).isEqualTo(1);
        assertThat(out.toString())
                .contains("npm/dust: in 1 file; packages that need it: 1")
                .contains("web/package-lock.json:4  0.1.0  needed by 1  through star@1.1.0");
    }

    @Test
    void a_package_url_names_a_package_too() {
        assertThat(radius("pkg:pypi/dust")).isEqualTo(1);
        assertThat(out.toString()).contains("api/requirements.txt:1  2.0");
    }

    @Test
    void a_package_that_nobody_has_exits_with_0() {
        assertThat(radius("npm/moon")).isZero();
    }

    @Test
    void an_ecosystem_is_understood_in_any_case() {
        assertThat(radius("NPM/dust")).isEqualTo(1);
    }

    @Test
    void a_misspelt_ecosystem_is_refused() {
        assertThat(radius("npn/dust")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean 'npm'?");
        assertThat(radius("pkg:pypy/dust")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean 'pypi'?");
    }

    @Test
    void a_type_without_advisories_has_no_radius() {
        assertThat(radius("pkg:cocoapods/dust")).isZero();
    }

    @Test
    void a_name_without_its_ecosystem_is_refused_with_an_example() {
        assertThat(radius("dust")).isEqualTo(2);
        assertThat(err.toString()).contains("npm/lodash");
    }
}
