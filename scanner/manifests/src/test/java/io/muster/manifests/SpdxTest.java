package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpdxTest {

    private static final String SPDX = """
            {
              "spdxVersion": "SPDX-2.3",
              "SPDXID": "SPDXRef-DOCUMENT",
              "packages": [
                { "SPDXID": "SPDXRef-shop", "name": "shop", "versionInfo": "1.0" },
                { "SPDXID": "SPDXRef-a", "name": "express", "versionInfo": "4.18.2", "externalRefs": [
                  { "referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a" },
                  { "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                    "referenceLocator": "pkg:npm/express@4.18.2" } ] },
                { "SPDXID": "SPDXRef-b", "name": "qs", "versionInfo": "6.11.0", "externalRefs": [
                  { "referenceCategory": "PACKAGE_MANAGER", "referenceType": "purl", \
                    "referenceLocator": "pkg:npm/qs" } ] },
                { "SPDXID": "SPDXRef-c", "name": "mocha", "versionInfo": "10.0.0" }
              ],
              "relationships": [
                { "spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", \
                  "relatedSpdxElement": "SPDXRef-shop" },
                { "spdxElementId": "SPDXRef-shop", "relationshipType": "DEPENDS_ON", \
                  "relatedSpdxElement": "SPDXRef-a" },
                { "spdxElementId": "SPDXRef-b", "relationshipType": "DEPENDENCY_OF", \
                  "relatedSpdxElement": "SPDXRef-a" },
                { "spdxElementId": "SPDXRef-c", "relationshipType": "DEV_DEPENDENCY_OF", \
                  "relatedSpdxElement": "SPDXRef-shop" }
              ]
            }
            """;

    @Test
    void packages_and_relationships_become_components_and_a_graph() {
        Manifest manifest = Given.manifest("shop.spdx.json", SPDX);

        assertThat(Given.components(manifest))
                .containsExactly("6 RUNTIME express@4.18.2", "10 RUNTIME qs@6.11.0", "12 DEVELOPMENT mocha@10.0.0");
        assertThat(Given.edges(manifest)).containsExactly("express@4.18.2 > qs@6.11.0");
        assertThat(Given.roots(manifest)).containsExactly("express@4.18.2", "mocha@10.0.0");
    }

    @Test
    void several_described_packages_are_components_and_roots() {
        Manifest manifest = Given.manifest("any-name.json", """
                { "spdxVersion": "SPDX-2.2", "documentDescribes": ["a", "b"], "packages": [
                  { "SPDXID": "a", "name": "one", "versionInfo": "1" },
                  { "SPDXID": "b", "name": "two", "versionInfo": "2" } ] }
                """);

        assertThat(Given.roots(manifest)).containsExactly("one@1", "two@2");
    }

    @Test
    void spdx_3_is_refused_by_name() {
        assertThat(Given.refused("a.spdx.json", "{\"spdxVersion\": \"SPDX-3.0\"}")
                        .reason())
                .contains("not of SPDX 2");
    }

    @Test
    void a_document_that_github_wrapped_is_read() {
        assertThat(Given.edges(Given.manifest("x.spdx.json", "{\"sbom\": " + SPDX + "}")))
                .isEqualTo(Given.edges(Given.manifest("x.spdx.json", SPDX)));
        assertThat(Given.manifest("export.json", "{\"sbom\": " + SPDX + "}").kind())
                .isEqualTo(ManifestKind.SPDX_JSON);
    }

    @Test
    void spdx_2_2_names_the_type_of_a_reference_by_an_address() {
        Manifest manifest = Given.manifest("x.spdx.json", """
                {"spdxVersion": "SPDX-2.2", "documentDescribes": ["SPDXRef-a"], "packages": [
                  {"SPDXID": "SPDXRef-a", "name": "a", "externalRefs": [{"referenceCategory": "PACKAGE_MANAGER",
                   "referenceType": "http://spdx.org/rdf/references/purl", "referenceLocator": "pkg:npm/a@1.0.0"}]}]}
                """);

        assertThat(Given.components(manifest)).containsExactly("2 RUNTIME a@1.0.0");
        assertThat(manifest.components().getFirst().purl()).hasToString("pkg:npm/a@1.0.0");
    }

    @Test
    void the_source_of_a_distributions_package_stands_in_its_source_info() {
        Manifest manifest = Given.manifest("x.spdx.json", """
                {"spdxVersion": "SPDX-2.3", "packages": [
                  {"SPDXID": "a", "name": "libssl3", "sourceInfo": "built package from: openssl 3.0.11-1",
                   "externalRefs": [
                   {"referenceType": "purl", "referenceLocator": "pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12"}]},
                  {"SPDXID": "b", "name": "broken", "versionInfo": "1", "externalRefs": [
                   {"referenceType": "purl", "referenceLocator": "pkg:npm/"}]}]}
                """);

        assertThat(manifest.components().getFirst().lookups())
                .extracting(lookup -> lookup.name() + " " + lookup.version())
                .containsExactly("Debian:12/openssl 3.0.11-1");
        assertThat(Given.components(manifest)).contains("5 RUNTIME broken@1");
    }

    @Test
    void spdx_3_is_read_from_its_graph_of_elements() {
        String spdx = """
                {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
                 {"type": "SpdxDocument", "spdxId": "urn:doc", "rootElement": ["urn:sbom"]},
                 {"type": "software_Sbom", "spdxId": "urn:sbom", "rootElement": ["urn:shop"]},
                 {"type": "software_Package", "spdxId": "urn:shop", "name": "shop", "software_packageVersion": "1.0"},
                 {"type": "software_Package", "spdxId": "urn:a", "name": "express",
                  "software_packageUrl": "pkg:npm/express@4.18.2"},
                 {"type": "software_Package", "spdxId": "urn:b", "name": "qs", "software_packageVersion": "6.11.0",
                  "externalIdentifier": [{"type": "ExternalIdentifier", "externalIdentifierType": "packageUrl",
                   "identifier": "pkg:npm/qs"}]},
                 {"type": "software_Package", "spdxId": "urn:c", "name": "mocha",
                  "software_packageUrl": "pkg:npm/mocha@10.0.0"},
                 {"type": "software_File", "spdxId": "urn:f", "name": "a.js"},
                 {"type": "Relationship", "spdxId": "urn:r1", "from": "urn:shop", "relationshipType": "dependsOn",
                  "to": ["urn:a"]},
                 {"type": "Relationship", "spdxId": "urn:r2", "from": "urn:a", "relationshipType": "dependsOn",
                  "to": ["urn:b"]},
                 {"type": "LifecycleScopedRelationship", "spdxId": "urn:r3", "from": "urn:shop", "scope": "test",
                  "relationshipType": "dependsOn", "to": ["urn:c"]}]}
                """;

        Manifest manifest = Given.manifest("shop.spdx3.json", spdx);

        assertThat(Given.components(manifest))
                .containsExactly("5 RUNTIME express@4.18.2", "7 RUNTIME qs@6.11.0", "10 DEVELOPMENT mocha@10.0.0");
        assertThat(Given.edges(manifest)).containsExactly("express@4.18.2 > qs@6.11.0");
        assertThat(Given.roots(manifest)).containsExactly("express@4.18.2", "mocha@10.0.0");
        assertThat(Given.manifest("any.json", spdx).components()).hasSize(3);
    }

    @Test
    void a_document_of_tags_and_values_is_refused_by_name() {
        assertThat(Given.refused("app.spdx", "SPDXVersion: SPDX-2.3\nPackageName: star\n")
                        .reason())
                .contains("tag-value form")
                .contains(".spdx.json");
    }

    @Test
    void a_document_in_json_is_read_whatever_its_name() {
        assertThat(Given.manifest("app.spdx", "{\"spdxVersion\": \"SPDX-2.3\", \"packages\": []}")
                        .components())
                .isEmpty();
    }
}
