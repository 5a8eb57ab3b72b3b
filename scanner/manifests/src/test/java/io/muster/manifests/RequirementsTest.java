package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "flask==2.0.0|flask@2.0.0",
                "Flask [async] == 2.0.0|flask@2.0.0",
                "flask===2.0.0+local|flask@2.0.0+local",
                "flask>=1.0,==2.0.0|flask@2.0.0",
                "flask (==2.0.0)|flask@2.0.0",
                "flask==2.0.0 ; python_version < '3.8'|flask@2.0.0",
                "flask==2.0.0 --hash=sha256:0011|flask@2.0.0",
                "flask==2.0.0 # pinned|flask@2.0.0",
                "zope.interface==5.4.0|zope-interface@5.4.0",
                "flask==2.*|flask",
                "flask>2.0.0|flask",
                "flask|flask",
                "flask @ https://files.example.org/flask-2.0.0.tar.gz#sha256=00|flask",
                "-e git+https://git.example.org/flask.git#egg=flask|flask",
                "git+https://git.example.org/flask.git@main#subdirectory=x&egg=flask|flask"
            })
    void a_requirement_has_a_version_only_when_it_is_pinned(String line, String label) {
        Manifest manifest = Given.manifest("requirements.txt", line + "\n");

        assertThat(manifest.components()).extracting(Component::label).containsExactly(label);
    }

    @Test
    void options_comments_and_continued_lines_are_read_as_pip_reads_them() {
        Manifest manifest = Given.manifest("requirements.txt", """
                --index-url https://packages.example.org/simple
                # a comment
                flask==2.0.0 \\
                    --hash=sha256:0011 \\
                    --hash=sha256:2233

                jinja2==3.0.0
                """);

        assertThat(Given.components(manifest)).containsExactly("3 RUNTIME flask@2.0.0", "7 RUNTIME jinja2@3.0.0");
    }

    @Test
    void included_files_and_constraints_are_followed_and_loops_end() {
        Manifest manifest = Given.manifest(
                "service/requirements.txt",
                "flask==2.0.0\n-r more/base.txt\n-c constraints.txt\nclick\n",
                Map.of(
                        "more/base.txt", "jinja2==3.0.0\n-r ../requirements.txt\n-r deep.txt\n",
                        "more/deep.txt", "--requirement=base.txt\nmarkupsafe==2.0.0\n",
                        "constraints.txt", "Click==8.0.0\nunused==1.0\n"));

        assertThat(Given.components(manifest))
                .containsExactly(
                        "1 RUNTIME flask@2.0.0",
                        "2 RUNTIME jinja2@3.0.0",
                        "2 RUNTIME markupsafe@2.0.0",
                        "4 RUNTIME click@8.0.0");
    }

    @Test
    void what_cannot_be_known_is_said_in_a_warning() {
        ManifestReading reading = Given.reading("requirements.txt", "-r gone.txt\n./local\nflask\n");

        assertThat(Given.warnings(reading))
                .containsExactly(
                        "line 1: 'gone.txt' cannot be read, so what it asks for is not known",
                        "line 2: './local' names no package and is passed over",
                        "line 3: 'flask' is not pinned by ==, so its version is not known");
    }

    @Test
    void a_file_named_for_development_gives_that_scope() {
        assertThat(Given.components(Given.manifest("requirements-dev.txt", "pytest==7.0.0")))
                .containsExactly("1 DEVELOPMENT pytest@7.0.0");
        assertThat(Given.components(Given.manifest("test-requirements.txt", "pytest==7.0.0")))
                .containsExactly("1 DEVELOPMENT pytest@7.0.0");
        assertThat(Given.components(Given.manifest("requirements-latest.txt", "pytest==7.0.0")))
                .containsExactly("1 RUNTIME pytest@7.0.0");
    }

    @Test
    void utf_16_as_powershell_writes_it_is_understood() {
        byte[] utf16 = "\ufeffflask==2.0.0\r\n".getBytes(StandardCharsets.UTF_16LE);

        ManifestReading understood = Manifests.read("requirements.txt", utf16, SiblingFiles.none());

        assertThat(Given.components(Given.manifest(understood))).containsExactly("1 RUNTIME flask@2.0.0");
    }

    @Test
    void an_encoding_that_is_not_unicode_is_refused() {
        byte[] latin1 = "flask==2.0.0\n# gr\u00fcn\n".getBytes(StandardCharsets.ISO_8859_1);

        ManifestReading refused = Manifests.read("requirements.txt", latin1, SiblingFiles.none());

        assertThat(refused).isEqualTo(new ManifestReading.Refused("the file is not valid UTF-8 at byte 17", 2));
    }
}
