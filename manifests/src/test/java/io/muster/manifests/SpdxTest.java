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
}
