package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CycloneDxTest {

    private static final String JSON = """
            {
              "bomFormat": "CycloneDX",
              "specVersion": "1.6",
              "metadata": { "component": { "bom-ref": "shop", "type": "application", "name": "shop" } },
              "components": [
                { "bom-ref": "a", "type": "library", "group": "org.example", "name": "a", "version": "1.0",
                  "purl": "pkg:maven/org.example/a@1.0?type=jar", "hashes": [{ "alg": "MD5", "content": "00" }] },
                { "bom-ref": "b", "type": "library", "name": "b", "purl": "pkg:npm/%40scope/b@2.0.0", \
                  "scope": "optional",
                  "components": [ { "bom-ref": "c", "type": "library", "name": "c", "purl": "pkg:npm/c@3.0.0" } ] },
                { "bom-ref": "d", "type": "library", "name": "d", "purl": "pkg:npm/d@1.0.0",
                  "properties": [{ "name": "cdx:npm:package:development", "value": "true" }] },
                { "bom-ref": "e", "type": "library", "name": "plain", "version": "0.1" },
                { "bom-ref": "f", "type": "file", "name": "readme.txt" }
              ],
              "dependencies": [
                { "ref": "shop", "dependsOn": ["a", "d"] },
                { "ref": "a", "dependsOn": ["b", "missing"] },
                { "ref": "b", "dependsOn": ["a"] }
              ]
            }
            """;

    @Test
    void components_have_scope_line_and_package_url_and_files_are_left_out() {
        Manifest manifest = Given.manifest("shop.cdx.json", JSON);

        assertThat(Given.components(manifest))
                .containsExactly(
                        "6 RUNTIME org.example:a@1.0",
                        "8 OPTIONAL @scope/b@2.0.0",
                        "9 RUNTIME c@3.0.0",
                        "10 DEVELOPMENT d@1.0.0",
                        "12 RUNTIME plain@0.1");
        assertThat(manifest.components().getFirst().purl()).hasToString("pkg:maven/org.example/a@1.0?type=jar");
    }

    @Test
    void the_project_s_dependencies_are_roots_and_parts_hang_below_their_whole() {
        ManifestReading reading = Given.reading("shop.cdx.json", JSON);
        Manifest manifest = Given.manifest(reading);

        assertThat(Given.edges(manifest))
                .containsExactly(
                        "org.example:a@1.0 > @scope/b@2.0.0",
                        "@scope/b@2.0.0 > org.example:a@1.0",
                        "@scope/b@2.0.0 > c@3.0.0");
        assertThat(Given.roots(manifest)).containsExactly("org.example:a@1.0", "d@1.0.0");
        assertThat(Given.warnings(reading)).containsExactly("1 dependencies name a bom-ref that no component has");
    }

    @Test
    void a_bom_is_known_by_its_content_when_its_name_is_free() {
        assertThat(Given.manifest("deliverables/shop.json", JSON).kind()).isEqualTo(ManifestKind.CYCLONEDX_JSON);
    }

    @Test
    void a_malformed_package_url_is_only_a_warning() {
        ManifestReading reading = Given.reading("bom.json", """
                { "bomFormat": "CycloneDX", "specVersion": "1.4", "components": [
                  { "type": "library", "name": "odd", "version": "1", "purl": "not a purl" } ] }
                """);

        assertThat(Given.warnings(reading)).hasSize(1).first().asString().contains("'not a purl'");
        assertThat(Given.components(Given.manifest(reading))).containsExactly("2 RUNTIME odd@1");
    }

    @Test
    void properties_tell_the_source_and_the_name_tells_the_module() {
        Manifest manifest = Given.manifest("bom.json", """
                {"bomFormat": "CycloneDX", "components": [
                  {"type": "library", "name": "libssl3", "purl": "pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12",
                   "properties": [{"name": "aquasecurity:trivy:SrcName", "value": "openssl"},
                                  {"name": "aquasecurity:trivy:SrcVersion", "value": "3.0.11"},
                                  {"name": "aquasecurity:trivy:SrcRelease", "value": "1"}]},
                  {"type": "library", "name": "example.org/vault/api/auth", "version": "v0.9.0",
                   "purl": "pkg:golang/example.org/vault@v0.9.0#api/auth"},
                  {"type": "library", "name": "vault", "purl": "pkg:golang/example.org/vault@v0.9.0#api"}]}
                """);

        assertThat(manifest.components().getFirst().lookups())
                .extracting(lookup -> lookup.name() + " " + lookup.version())
                .containsExactly("Debian:12/openssl 3.0.11-1");
        assertThat(manifest.components())
                .extracting(component -> component.name().name())
                .containsExactly("libssl3", "example.org/vault/api/auth", "example.org/vault");
    }
}
