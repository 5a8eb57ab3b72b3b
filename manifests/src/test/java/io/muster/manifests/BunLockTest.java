package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BunLockTest {

    @Test
    void nested_keys_are_looked_up_as_folders_and_trailing_commas_are_fine() {
        Manifest manifest = Given.manifest("bun.lock", """
                {
                  "lockfileVersion": 1,
                  "workspaces": {
                    "": {
                      "name": "shop",
                      "dependencies": { "express": "^4.0.0", "@shop/own": "workspace:*", },
                      "devDependencies": { "old": "npm:ms@2.0.0", },
                    },
                    "packages/own": { "name": "@shop/own", "dependencies": { "qs": "^6.0.0", }, },
                  },
                  "packages": {
                    "@shop/own": ["@shop/own@workspace:packages/own"],
                    "express": ["express@4.18.2", "", { "dependencies": { "qs": "6.11.0" } }, "sha512-00"],
                    "old": ["ms@2.0.0", "", {}, "sha512-00"],
                    "qs": ["qs@6.13.0", "", {}, "sha512-00"],
                    "express/qs": ["qs@6.11.0", "", { "dependencies": { "old": "*" } }, "sha512-00"],
                    "forked": ["forked@github:someone/forked#0a1b2c3", {}, "someone-forked-0a1b2c3"],
                  },
                }
                """);

        assertThat(Given.components(manifest))
                .containsExactly(
                        "13 RUNTIME express@4.18.2",
                        "14 RUNTIME ms@2.0.0",
                        "15 RUNTIME qs@6.13.0",
                        "16 RUNTIME qs@6.11.0",
                        "17 RUNTIME forked");
        assertThat(Given.edges(manifest)).containsExactly("express@4.18.2 > qs@6.11.0", "qs@6.11.0 > ms@2.0.0");
        assertThat(Given.roots(manifest)).containsExactly("express@4.18.2", "ms@2.0.0", "qs@6.13.0");
    }
}
