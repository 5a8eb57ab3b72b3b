package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NpmLockTest {

    private static final String VERSION_3 = """
            {
              "name": "shelf",
              "lockfileVersion": 3,
              "packages": {
                "": {
                  "name": "shelf",
                  "dependencies": { "express": "^4.0.0", "old-qs": "npm:qs@1.2.2" },
                  "devDependencies": { "@types/node": "*" },
                  "workspaces": ["tools/*"]
                },
                "node_modules/@types/node": { "version": "20.1.0", "dev": true },
                "node_modules/express": {
                  "version": "4.18.2",
                  "dependencies": { "qs": "6.11.0" },
                  "optionalDependencies": { "fsevents": "*" },
                  "peerDependencies": { "nobody-provides-this": "*" }
                },
                "node_modules/express/node_modules/qs": { "version": "6.11.0" },
                "node_modules/fsevents": { "version": "2.3.2", "optional": true },
                "node_modules/old-qs": { "name": "qs", "version": "1.2.2" },
                "node_modules/label-printer": { "resolved": "tools/label-printer", "link": true },
                "tools/label-printer": { "version": "0.1.0", "dependencies": { "fsevents": "*" } }
              }
            }
            """;

    @Test
    void version_3_gives_packages_with_scope_line_and_edges() {
        Manifest manifest = Given.manifest("package-lock.json", VERSION_3);

        assertThat(Given.components(manifest))
                .containsExactly(
                        "11 DEVELOPMENT @types/node@20.1.0",
                        "12 RUNTIME express@4.18.2",
                        "18 RUNTIME qs@6.11.0",
                        "19 OPTIONAL fsevents@2.3.2",
                        "20 RUNTIME qs@1.2.2");
        assertThat(Given.edges(manifest))
                .containsExactly("express@4.18.2 > qs@6.11.0", "express@4.18.2 > fsevents@2.3.2");
    }

    @Test
    void roots_are_what_the_project_and_its_workspaces_ask_for() {
        Manifest manifest = Given.manifest("package-lock.json", VERSION_3);

        assertThat(Given.roots(manifest))
                .containsExactly("@types/node@20.1.0", "express@4.18.2", "fsevents@2.3.2", "qs@1.2.2");
    }

    @Test
    void version_1_nests_and_takes_its_roots_from_package_json() {
        String lock = """
                { "lockfileVersion": 1, "dependencies": {
                  "a": { "version": "1.0.0", "requires": { "b": "^2.0.0", "c": "1" }, "dependencies": {
                    "b": { "version": "2.0.0", "requires": { "c": "1" } } } },
                  "b": { "version": "1.0.0", "dev": true },
                  "c": { "version": "npm:real-c@1.5.0" },
                  "d": { "version": "git+ssh://git@example.org/d.git#0a1b2c" } } }
                """;

        Manifest manifest = Given.manifest(
                "npm-shrinkwrap.json",
                lock,
                Map.of("package.json", "{\"dependencies\":{\"a\":\"1\"},\"devDependencies\":{\"b\":\"1\"}}"));

        assertThat(Given.components(manifest))
                .containsExactly(
                        "2 RUNTIME a@1.0.0",
                        "3 RUNTIME b@2.0.0",
                        "4 DEVELOPMENT b@1.0.0",
                        "5 RUNTIME real-c@1.5.0",
                        "6 RUNTIME d");
        assertThat(Given.edges(manifest))
                .containsExactly("a@1.0.0 > b@2.0.0", "a@1.0.0 > real-c@1.5.0", "b@2.0.0 > real-c@1.5.0");
        assertThat(Given.roots(manifest)).containsExactly("a@1.0.0", "b@1.0.0");
    }

    @Test
    void without_package_json_the_roots_of_version_1_are_what_nothing_needs() {
        Manifest manifest = Given.manifest("package-lock.json", """
                { "dependencies": {
                  "a": { "version": "1.0.0", "requires": { "b": "1" } },
                  "b": { "version": "1.0.0" },
                  "x": { "version": "1.0.0", "requires": { "y": "1" } },
                  "y": { "version": "1.0.0", "requires": { "x": "1" } } } }
                """);

        assertThat(Given.roots(manifest)).containsExactly("a@1.0.0", "x@1.0.0");
    }

    @Test
    void a_key_given_twice_is_refused_with_its_line() {
        ManifestReading.Refused refused = Given.refused("package-lock.json", """
                { "lockfileVersion": 3,
                  "packages": {},
                  "packages": { "node_modules/evil": { "version": "1.0.0" } } }
                """);

        assertThat(refused.reason()).contains("'packages' is given twice");
        assertThat(refused.line()).isEqualTo(3);
    }

    @Test
    void a_json_file_that_is_no_lockfile_is_refused() {
        assertThat(Given.refused("package-lock.json", "{\"hello\": 1}").reason())
                .contains("not an npm lockfile");
        assertThat(Given.refused("package-lock.json", "[]").reason()).contains("object at its top");
        assertThat(Given.refused("package-lock.json", "{\"packages\": []}").reason())
                .contains("'packages' is missing or is not an object");
    }
}
