package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.documents.DocumentLimits;
import io.muster.documents.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files made to exhaust or mislead: each gets an answer within the limits.
class HostileTest {

    private static final int DEEP = 100_000;

    static List<Fixture> fixtures() {
        return Fixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void a_file_beyond_the_limit_is_refused_before_it_is_looked_at(Fixture fixture) {
        byte[] large = new byte[ManifestLimits.MANIFEST_BYTES + 1];

        ManifestReading reading = Manifests.read(fixture.kind(), fixture.fileName(), large, SiblingFiles.none());

        assertThat(reading)
                .isEqualTo(
                        new ManifestReading.Refused("the file has 67108865 bytes, more than the 67108864 allowed", 0));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void one_line_of_megabytes_is_read_or_refused(Fixture fixture) {
        byte[] line = new byte[4 << 20];
        Arrays.fill(line, (byte) 'a');
        byte[] after = Arrays.copyOf(fixture.bytes(), fixture.bytes().length + line.length);
        System.arraycopy(line, 0, after, fixture.bytes().length, line.length);

        assertThat(Manifests.read(fixture.kind(), fixture.fileName(), line, SiblingFiles.none()))
                .isNotNull();
        assertThat(Manifests.read(fixture.kind(), fixture.fileName(), after, SiblingFiles.none()))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void empty_and_binary_files_are_read_or_refused(Fixture fixture) {
        byte[] zeros = new byte[4_096];
        byte[] ones = new byte[4_096];
        Arrays.fill(ones, (byte) 0xFF);

        for (byte[] bytes : List.of(new byte[0], new byte[1], zeros, ones, "\n\n".getBytes(StandardCharsets.UTF_8))) {
            assertThat(Manifests.read(fixture.kind(), fixture.fileName(), bytes, SiblingFiles.none()))
                    .isNotNull();
        }
    }

    @Test
    void an_escape_that_names_no_character_is_refused() {
        assertThat(Given.refused("pnpm-lock.yaml", "a: \"\\U8001F600\"\n").reason())
                .contains("names no character");
    }

    @Test
    void deep_nesting_is_refused_in_every_notation() {
        assertThat(Given.refused("package-lock.json", "{\"packages\":" + "[".repeat(DEEP))
                        .reason())
                .contains("nesting depth");
        assertThat(Given.refused("pnpm-lock.yaml", "a: " + "[\n".repeat(DEEP)).reason())
                .contains("nested more than 200");
        assertThat(Given.refused("Cargo.lock", "a = " + "[".repeat(DEEP)).reason())
                .contains("nested more than 200");
        assertThat(Given.refused("pom.xml", "<project>".repeat(DEEP)).reason()).contains("depth");
        assertThat(Given.refused("mix.lock", "%{ a: " + "{".repeat(DEEP)).reason())
                .contains("nested more than 200");
    }

    @Test
    void packages_nested_by_name_are_bounded_too() {
        var nested = new StringBuilder("{\"dependencies\":{");
        for (int i = 0; i < 90; i++) {
            nested.append("\"").append("a".repeat(60)).append(i).append("\":{\"version\":\"1.0.0\",\"dependencies\":{");
        }
        nested.append("}}".repeat(90)).append("}}");

        assertThat(Given.refused("package-lock.json", nested.toString()).reason())
                .contains("install path");
    }

    @Test
    void yaml_that_multiplies_by_aliases_is_refused() {
        String bomb = """
                lockfileVersion: '9.0'
                a: &a [x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
                packages: [*b, *b, *b, *b, *b, *b, *b, *b, *b]
                """;

        ManifestReading.Refused refused = Given.refused("pnpm-lock.yaml", bomb);

        assertThat(refused.reason()).contains("an alias is used");
        assertThat(refused.line()).isEqualTo(3);
    }

    @Test
    void xml_entities_are_neither_expanded_nor_fetched() {
        String bomb = """
                <?xml version="1.0"?>
                <!DOCTYPE bom [
                  <!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
                  <!ENTITY f SYSTEM "file:///etc/hostname">
                ]>
                <bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components><component type="library">
                <name>&b;&f;</name></component></components></bom>
                """;

        assertThat(Given.refused("bom.xml", bomb).reason()).contains("a document type is declared");
        assertThat(Given.refused("bom.xml", "<bom><name>&unknown;</name></bom>").reason())
                .contains("not XML");
    }

    @Test
    void too_many_packages_are_refused() {
        var lines = new StringBuilder();
        for (int i = 0; i <= ManifestLimits.COMPONENTS; i++) {
            lines.append("a:b:").append(i).append("=c\n");
        }

        ManifestReading.Refused refused = Given.refused("gradle.lockfile", lines.toString());

        assertThat(refused.reason()).isEqualTo("the file names more than 200000 packages");
        assertThat(refused.line()).isEqualTo(ManifestLimits.COMPONENTS + 1);
    }

    @Test
    void too_many_values_are_refused_in_every_notation() {
        int many = DocumentLimits.VALUES + 1;

        assertThat(Given.refused("bun.lock", "{\"a\":[" + "1,".repeat(many)).reason())
                .contains("2000000 values");
        assertThat(Given.refused("uv.lock", "a = [" + "1,".repeat(many)).reason())
                .contains("2000000 values");
        assertThat(Given.refused("mix.lock", "%{a: [" + "1,".repeat(many)).reason())
                .contains("2000000 values");
        assertThat(Given.refused("bom.xml", "<bom>" + "<a/>".repeat(many)).reason())
                .contains("2000000 elements");
    }

    @Test
    void a_yaml_line_that_would_take_for_ever_is_refused() {
        assertThat(Given.refused("pubspec.lock", "a: 1\n" + "b".repeat(70_000)).line())
                .isEqualTo(2);
    }

    @Test
    void keys_given_twice_are_refused_in_every_notation() {
        assertThat(Given.refused("composer.lock", "{\"packages\":[],\"packages\":[]}")
                        .reason())
                .contains("given twice");
        assertThat(Given.refused("pnpm-lock.yaml", "lockfileVersion: 9\npackages: {}\npackages: {}\n")
                        .line())
                .isEqualTo(3);
        assertThat(Given.refused("uv.lock", "version = 1\nversion = 2\n").reason())
                .contains("given twice");
        assertThat(Given.refused("mix.lock", "%{a: 1, a: 2}").reason()).contains("given twice");
    }

    @Test
    void values_of_the_wrong_type_read_as_absent() {
        Manifest manifest = Given.manifest("package-lock.json", """
                { "lockfileVersion": "three", "packages": {
                  "": { "dependencies": ["a"] },
                  "node_modules/a": { "version": 1, "dependencies": "b", "dev": "yes" },
                  "node_modules/b": 7,
                  "node_modules/c": { "version": null, "link": [] } } }
                """);

        assertThat(Given.components(manifest)).containsExactly("3 RUNTIME a@1", "5 RUNTIME c");
    }

    @Test
    void names_that_could_steer_a_terminal_are_passed_over() {
        ManifestReading reading = Given.reading("package-lock.json", """
                { "packages": {
                  "node_modules/\\u001b[2Jgone": { "version": "1.0.0" },
                  "node_modules/turned": { "version": "1.0.0\\u202e" },
                  "node_modules/plain": { "version": "1.0.0" } } }
                """);

        assertThat(Given.components(Given.manifest(reading))).containsExactly("4 RUNTIME plain@1.0.0");
        assertThat(Given.warnings(reading)).hasSize(2).allMatch(Printable::isHarmless);
    }

    @Test
    void half_a_character_in_a_name_is_refused_or_passed_over() {
        assertThat(Given.refused("Manifest.toml", """
                manifest_format = "2.0"
                [[deps."a\\ud800b"]]
                uuid = "7876af07-990d-54b4-ab0e-23690620f79a"
                version = "1.0.0"
                """).reason()).contains("half a character");
        assertThat(Given.warnings(Given.reading("Manifest.toml", """
                manifest_format = "2.0"
                [[deps."a\\u202eb"]]
                uuid = "7876af07-990d-54b4-ab0e-23690620f79a"
                version = "1.0.0"
                [[deps.Plain]]
                uuid = "7876af07-990d-54b4-ab0e-23690620f79b"
                version = "1.0.0"
                """))).hasSize(1);
        assertThat(Given.refused("package-lock.json", """
                { "packages": { "node_modules/a\\ud800b": { "version": "1.0.0" } } }
                """).reason()).contains("surrogate");
    }

    @Test
    void warnings_beyond_a_number_are_only_counted() {
        ManifestReading reading = Given.reading("requirements.txt", "name\n".repeat(500));

        assertThat(Given.warnings(reading))
                .hasSize(ManifestLimits.WARNINGS + 1)
                .last()
                .isEqualTo("and 400 more warnings");
    }

    @Test
    void cycles_in_a_graph_are_kept_and_have_a_root() {
        Manifest manifest = Given.manifest("Cargo.lock", """
                version = 3
                [[package]]
                name = "a"
                version = "1.0.0"
                source = "registry+https://github.com/rust-lang/crates.io-index"
                dependencies = ["b"]
                [[package]]
                name = "b"
                version = "1.0.0"
                source = "registry+https://github.com/rust-lang/crates.io-index"
                dependencies = ["a"]
                """);

        assertThat(Given.edges(manifest)).containsExactly("a@1.0.0 > b@1.0.0", "b@1.0.0 > a@1.0.0");
        assertThat(Given.roots(manifest)).containsExactly("a@1.0.0");
    }
}
