package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BunLockTest {

    @Test
    void a_binary_lockfile_is_refused_with_the_way_to_a_text_one_unless_that_is_there() {
        assertThat(Given.refused("bun.lockb", "#!/usr/bin/env bun").reason())
                .contains("bun.lockb is binary")
                .contains("bun install --save-text-lockfile");
        assertThat(Given.manifest("bun.lockb", "#!/usr/bin/env bun", Map.of("bun.lock", "{}"))
                        .components())
                .isEmpty();
    }

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
