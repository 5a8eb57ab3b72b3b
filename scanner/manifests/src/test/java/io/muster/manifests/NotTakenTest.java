package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no version is not matched as one, what one line spoils is counted, and structure that was passed over is
/// read.
class NotTakenTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            pkg:npm/a@%5E2.0.0;                 RANGE
            pkg:npm/a@1.x;                      RANGE
            pkg:npm/a@latest;                   RANGE
            pkg:npm/a@%3E=1%20%3C2;             RANGE
            pkg:pypi/a@%3E=1.0;                 RANGE
            pkg:maven/g/a@%5B1.0,2.0%29;        RANGE
            pkg:maven/g/a@%24%7Bversion%7D;     RANGE
            pkg:maven/g/a@unspecified;          RANGE
            pkg:maven/g/a@1.+;                  RANGE
            pkg:nuget/A@NOASSERTION;            RANGE
            pkg:gem/a@~%3E%201.0;               RANGE
            pkg:golang/example.org/a@main;      RANGE
            pkg:npm/a;                          NO_VERSION
            """)
    void what_is_not_one_version_is_not_asked_about(String purl, SkipReason why) {
        Manifest manifest = Given.manifest("bom.json", """
                {"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "a", "purl": "%s"}]}
                """.formatted(purl));

        assertThat(manifest.components()).extracting(Component::version).containsExactly("");
        assertThat(manifest.skipped()).isEqualTo(Map.of(why, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            pkg:maven/g/a@Hoxton.RELEASE
            pkg:maven/g/a@1.0-SNAPSHOT
            pkg:composer/g/a@dev-main
            pkg:composer/g/a@1.x-dev
            pkg:deb/debian/a@1:1.0~rc1%2Bb1?distro=debian-12
            pkg:rpm/redhat/a@1.0%5Egit1-1.el9?distro=rhel-9
            pkg:golang/a@v0.0.0-20230101120000-abcdefabcdef%2Bincompatible
            pkg:npm/a@1.0.0-x.7.z.92
            pkg:pypi/a@1!2.0.post1%2Blocal
            pkg:conan/a@2023.x
            pkg:nuget/A@1.0.0.0
            """)
    void what_is_one_version_stays_one(String purl) {
        boolean isWildcard = purl.endsWith("2023.x");
        Manifest manifest = Given.manifest("bom.json", """
                {"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "a", "purl": "%s"}]}
                """.formatted(purl));

        assertThat(manifest.components().getFirst().version().isEmpty()).isEqualTo(isWildcard);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a==1.0 -C bar=1|                        a@1.0
            a==1.0 --config-settings bar=1|         a@1.0
            a==1.0 --hash=sha256:00|                a@1.0
            a == 1.0 ; python_version > '3'|        a@1.0
            a==${VERSION}|                          a
            a==$VERSION|                            a
            a== --hash=sha256:00|                   a
            a>=1.0|                                 a
            a==1.*|                                 a
            """)
    void options_of_one_requirement_are_no_part_of_its_version(String line, String label) {
        Manifest manifest = Given.manifest("requirements.txt", line + "\n");

        assertThat(manifest.components()).extracting(Component::label).containsExactly(label);
    }

    @Test
    void one_line_that_is_not_understood_does_not_cost_the_others() {
        Manifest gradle = Given.manifest("gradle.lockfile", "hello\norg.acme:probe:1.0=runtimeClasspath\n");
        Manifest sum = Given.manifest("go.sum", "one two\nexample.org/a v1.0.0 h1:aa=\n");
        Manifest gems = Given.manifest("Gemfile.lock", "GEM\n  remote: x\n  specs:\n    a\n    b (1.0)\n");

        assertThat(gradle.components()).extracting(Component::label).containsExactly("org.acme:probe@1.0");
        assertThat(sum.components()).extracting(Component::label).containsExactly("example.org/a@v1.0.0");
        assertThat(gems.components()).extracting(Component::label).containsExactly("b@1.0");
        assertThat(gradle.skipped()).isEqualTo(Map.of(SkipReason.UNREADABLE, 1));
        assertThat(sum.skipped()).isEqualTo(Map.of(SkipReason.UNREADABLE, 1));
        assertThat(gems.skipped()).isEqualTo(Map.of(SkipReason.UNREADABLE, 1));
    }

    @Test
    void a_file_of_which_no_entry_is_understood_is_refused() {
        assertThat(Given.refused("gradle.lockfile", "hello\nworld\n").line()).isEqualTo(1);
        assertThat(Given.refused("conan.lock", "{\"version\": \"0.5\", \"requires\": [\"a\"]}")
                        .reason())
                .contains("none of its entries");
    }

    @Test
    void a_merge_conflict_is_refused_where_it_stands() {
        for (String name : new String[] {"gradle.lockfile", "Gemfile.lock", "go.sum", "yarn.lock"}) {
            assertThat(Given.refused(name, "\n<<<<<<< HEAD\na\n=======\n").line())
                    .isEqualTo(2);
        }
    }

    @Test
    void quoted_field_names_of_yarn_1_are_read_like_bare_ones() {
        Manifest manifest = Given.manifest("yarn.lock", """
                "a@^1.0.0":
                  "version" "1.2.3"
                  "dependencies":
                    "b" "^2.0.0"

                "b@^2.0.0":
                  "version" "2.0.1"
                """);

        assertThat(Given.edges(manifest)).containsExactly("a@1.2.3 > b@2.0.1");
    }

    @Test
    void every_document_of_a_yaml_lockfile_is_read() {
        Manifest pnpm = Given.manifest("pnpm-lock.yaml", """
                ---
                lockfileVersion: '9.0'
                packages:
                  pnpm@11.0.0: {}
                ---
                lockfileVersion: '9.0'
                packages:
                  a@1.0.0: {}
                """);
        Manifest pub = Given.manifest("pubspec.lock", """
                packages: {a: {source: hosted, version: "1.0.0"}}
                ---
                packages: {b: {source: hosted, version: "2.0.0"}}
                """);

        assertThat(pnpm.components()).extracting(Component::label).containsExactly("pnpm@11.0.0", "a@1.0.0");
        assertThat(pub.components()).extracting(Component::label).containsExactly("a@1.0.0", "b@2.0.0");
    }

    @Test
    void pnpm_keys_with_a_registry_in_front_are_read() {
        Manifest manifest = Given.manifest("pnpm-lock.yaml", """
                lockfileVersion: 5.4
                dependencies:
                  a: registry.example.org/a/1.0.0
                packages:
                  registry.example.org/a/1.0.0: {resolution: {integrity: x}}
                  localhost+4873/b/2.0.0_c@1.0.0: {resolution: {integrity: x}}
                  registry.example.org/@x/c/3.0.0: {resolution: {integrity: x}}
                """);

        assertThat(manifest.components())
                .extracting(Component::label)
                .containsExactly("a@1.0.0", "b@2.0.0", "@x/c@3.0.0");
        assertThat(Given.roots(manifest)).containsExactly("a@1.0.0");
    }

    @Test
    void categories_of_a_pipfile_are_not_lost() {
        Manifest pipfile = Given.manifest("Pipfile.lock", """
                {"_meta": {}, "default": {"a": {"version": "==1"}}, "develop": {"b": {"version": "==1"}},
                 "docs": {"c": {"version": "==1"}}}
                """);

        assertThat(Given.components(pipfile)).containsExactly("1 RUNTIME a@1", "1 DEVELOPMENT b@1", "2 RUNTIME c@1");
    }

    @Test
    void yarn_entries_without_a_resolution_are_counted() {
        Manifest yarn = Given.manifest("yarn.lock", """
                __metadata:
                  version: 8

                "a@npm:^1.0.0":
                  version: 1.0.0
                  resolution: "a@npm:1.0.0"

                "b@npm:^1.0.0":
                  version: 1.0.0
                """);

        assertThat(yarn.components()).extracting(Component::label).containsExactly("a@1.0.0");
        assertThat(yarn.skipped()).isEqualTo(Map.of(SkipReason.UNREADABLE, 1));
    }

    @Test
    void conan_locks_of_before_0_4_name_references_by_pref() {
        Manifest manifest = Given.manifest("conan.lock", """
                {"version": "0.1", "graph_lock": {"nodes": {
                  "0": {"pref": "conanfile.txt:aa#0", "requires": {"zlib/1.2.11": "1"}},
                  "1": {"pref": "zlib/1.2.11#00:6af9cc7c#00"}}}}
                """);

        assertThat(manifest.components()).extracting(Component::label).containsExactly("zlib@1.2.11");
        assertThat(Given.roots(manifest)).containsExactly("zlib@1.2.11");
    }

    @Test
    void dependencies_in_a_pom_s_profiles_are_listed() {
        Manifest manifest = Given.manifest("pom.xml", """
                <project><groupId>g</groupId><artifactId>a</artifactId><version>1</version>
                <dependencies><dependency><groupId>g</groupId><artifactId>always</artifactId><version>1.0</version>
                </dependency></dependencies>
                <profiles><profile><id>p</id><properties><v>2.0</v></properties>
                <dependencies><dependency><groupId>g</groupId><artifactId>probe</artifactId><version>${v}</version>
                </dependency></dependencies></profile></profiles></project>
                """);

        assertThat(manifest.components()).extracting(Component::label).containsExactly("g:always@1.0", "g:probe@2.0");
    }

    @Test
    void the_runtime_packed_with_a_dotnet_program_is_a_package() {
        Manifest manifest = Given.manifest("shop.deps.json", """
                {"libraries": {"runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": {"type": "runtimepack"}}}
                """);

        assertThat(manifest.components().getFirst().purl())
                .hasToString("pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@8.0.1");
    }

    @Test
    void the_lockfile_of_gradle_settings_is_for_development() {
        Manifest manifest = Given.manifest("settings-gradle.lockfile", "org.acme:probe:1.0=classpath\nempty=\n");

        assertThat(Given.components(manifest)).containsExactly("1 DEVELOPMENT org.acme:probe@1.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            go.mod;           module x|go 1.20|<<<<<<< HEAD|require e.org/a v1.0.0|=======|require e.org/a v2.0.0|>>>>>>> b
            requirements.txt; a==1.0|<<<<<<< HEAD|b==1.0|=======|b==2.0|>>>>>>> c
            requirements.txt; a==1.0|||||||| base|b==1.0
            Gemfile.lock;     GEM|  specs:|    a (1.0)|||||||| base
            """)
    void a_merge_conflict_is_refused_in_every_format_of_lines(String name, String text) {
        String lines = text.replace("||||||||", "\n@@@@@@@").replace('|', '\n').replace("@@@@@@@", "|||||||");

        assertThat(Given.refused(name, lines + "\n").reason()).contains("merge conflict");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            requirements.txt; a==1.0|b==1.0|
            go.sum;           e.org/a v1.0.0 h1:x=|e.org/b v1.0.0 h1:x=|
            Gemfile.lock;     GEM|  remote: https://rubygems.org/|  specs:|    a (1.0)|    b (1.0)|
            gradle.lockfile;  g:a:1.0=runtimeClasspath|g:b:1.0=runtimeClasspath|
            """)
    void a_carriage_return_alone_ends_a_line(String name, String text) {
        assertThat(Given.manifest(name, text.replace('|', '\r')).components()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            a==1.0 b==1.0
            a>=1.0 b
            a==1.0 b ; python_version < "3"
            """)
    void a_second_requirement_on_a_line_is_not_dropped_in_silence(String line) {
        assertThat(Given.manifest("requirements.txt", "c==1.0\n" + line + "\n").skipped())
                .containsEntry(SkipReason.UNREADABLE, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            package-lock.json;  {"lockfileVersion": 4, "installed": {}}
            bun.lock;           {"lockfileVersion": 9, "installed": {}}
            pnpm-lock.yaml;     {"lockfileVersion": "12.0", "modules": {}}
            yarn.lock;          __metadata: {version: 99}
            Pipfile.lock;       {"_meta": {"pipfile-spec": 9}, "packages": {}}
            poetry.lock;        metadata = {lock-version = "7.0"}
            pdm.lock;           metadata = {lock_version = "9.0.0"}
            pylock.toml;        lock-version = "7.0"
            Package.resolved;   {"version": 9, "pins": []}
            packages.lock.json; {"version": 9, "dependencies": {}}
            conan.lock;         {"version": "3.0"}
            Cargo.lock;         version = 9
            Manifest.toml;      manifest_format = "7.0"
            """)
    void an_empty_reading_of_a_later_format_is_refused(String name, String text) {
        assertThat(Given.refused(name, text + "\n").reason()).contains("of its format");
    }

    @Test
    void what_is_read_of_a_later_format_is_told_to_be_incomplete() {
        String lock = """
                version = 2
                requires-python = ">=3.9"
                [[package]]
                name = "a"
                version = "1.0"
                """;

        assertThat(Given.manifest("uv.lock", lock).components()).hasSize(1);
        assertThat(Given.warnings(Given.reading("uv.lock", lock)))
                .singleElement()
                .asString()
                .contains("packages may be missing");
    }

    @ParameterizedTest
    @CsvSource({"gemfiles/rails_7.gemfile.lock, GEMFILE_LOCK", "src/packages.App.lock.json, NUGET_LOCK"})
    void the_lockfile_of_one_of_several_projects_is_found_by_its_name(String name, ManifestKind kind) {
        assertThat(Manifests.kindOf(name)).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void an_sbom_of_any_name_is_known_in_every_encoding_that_is_read(String charset) {
        byte[] bytes = """
                {"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "a", "purl": "pkg:npm/a@1.0.0"}]}
                """.getBytes(Charset.forName(charset));

        assertThat(Manifests.read("shop.json", bytes, path -> Optional.empty()))
                .isInstanceOfSatisfying(
                        ManifestReading.Read.class,
                        read -> assertThat(read.manifest().components()).hasSize(1));
    }
}
