package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class YarnLockTest {

    private static final String CLASSIC = """
            # yarn lockfile v1


            "@babel/code-frame@^7.0.0", "@babel/code-frame@^7.1.0":
              version "7.18.6"
              resolved "https://packages.example.org/code-frame.tgz#00"
              dependencies:
                js-tokens "^4.0.0"

            js-tokens@^4.0.0:
              version "4.0.0"

            old@npm:js-tokens@^3.0.0:
              version "3.0.2"

            "sharp@^0.30.0":
              version "0.30.1"
              optionalDependencies:
                "@babel/code-frame" "^7.1.0"

            "own@file:./own":
              version "0.0.1"
            """;

    @Test
    void yarn_1_entries_answer_several_descriptors_and_aliases_show_the_real_package() {
        Manifest manifest = Given.manifest("yarn.lock", CLASSIC);

        assertThat(Given.components(manifest))
                .containsExactly(
                        "4 RUNTIME @babel/code-frame@7.18.6",
                        "10 RUNTIME js-tokens@4.0.0",
                        "13 RUNTIME js-tokens@3.0.2",
                        "16 RUNTIME sharp@0.30.1");
        assertThat(Given.edges(manifest))
                .containsExactly(
                        "@babel/code-frame@7.18.6 > js-tokens@4.0.0", "sharp@0.30.1 > @babel/code-frame@7.18.6");
    }

    @Test
    void the_package_json_beside_yarn_1_tells_roots_and_development() {
        Manifest manifest = Given.manifest("yarn.lock", CLASSIC, Map.of("package.json", """
                { "dependencies": { "old": "npm:js-tokens@^3.0.0" },
                  "devDependencies": { "sharp": "^0.30.0", "own": "file:./own" } }
                """));

        assertThat(Given.roots(manifest)).containsExactly("js-tokens@3.0.2", "sharp@0.30.1");
        assertThat(Given.components(manifest))
                .containsExactly(
                        "4 DEVELOPMENT @babel/code-frame@7.18.6",
                        "10 DEVELOPMENT js-tokens@4.0.0",
                        "13 RUNTIME js-tokens@3.0.2",
                        "16 DEVELOPMENT sharp@0.30.1");
    }

    @Test
    void without_package_json_the_roots_of_yarn_1_are_what_nothing_needs() {
        assertThat(Given.roots(Given.manifest("yarn.lock", CLASSIC)))
                .containsExactly("js-tokens@3.0.2", "sharp@0.30.1");
    }

    @Test
    void berry_takes_roots_from_its_workspaces_and_tells_development_by_package_json() {
        String lock = """
                __metadata:
                  version: 6

                "debug@npm:^4.0.0, debug@npm:^4.3.1":
                  version: 4.3.4
                  resolution: "debug@npm:4.3.4"
                  dependencies:
                    ms: 2.1.2
                  languageName: node
                  linkType: hard

                "ms@npm:2.1.2":
                  version: 2.1.2
                  resolution: "ms@npm:2.1.2"

                "shop@workspace:.":
                  version: 0.0.0-use.local
                  resolution: "shop@workspace:."
                  dependencies:
                    debug: ^4.3.1
                    typescript: "patch:typescript@^5.0.0#builtin"
                  linkType: soft

                "typescript@patch:typescript@^5.0.0#builtin":
                  version: 5.0.4
                  resolution: "typescript@patch:typescript@npm%3A5.0.4#builtin::version=5.0.4&hash=00"
                """;

        Manifest manifest = Given.manifest(
                "yarn.lock", lock, Map.of("package.json", "{\"devDependencies\":{\"typescript\":\"^5.0.0\"}}"));

        assertThat(Given.components(manifest))
                .containsExactly("4 RUNTIME debug@4.3.4", "12 RUNTIME ms@2.1.2", "24 DEVELOPMENT typescript@5.0.4");
        assertThat(Given.edges(manifest)).containsExactly("debug@4.3.4 > ms@2.1.2");
        assertThat(Given.roots(manifest)).containsExactly("debug@4.3.4", "typescript@5.0.4");
    }

    @Test
    void a_broken_lockfile_is_refused_with_its_line() {
        assertThat(Given.refused("yarn.lock", "a@1:\n  version \"1\"\nhello\n").line())
                .isEqualTo(3);
        assertThat(Given.refused("yarn.lock", "\"a@1:\n").reason()).contains("quote is not closed");
        assertThat(Given.refused("yarn.lock", "__metadata:\n  a: [\n").reason()).contains("not YAML");
    }
}
