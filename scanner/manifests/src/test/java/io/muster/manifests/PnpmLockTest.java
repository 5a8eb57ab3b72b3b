package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PnpmLockTest {

    @ParameterizedTest
    @CsvSource({
        "/debug/4.3.4, debug, 4.3.4",
        "/@babel/core/7.0.0, @babel/core, 7.0.0",
        "/@babel/core/7.0.0_supports-color@8.1.1, @babel/core, 7.0.0",
        "registry.example.org/debug/4.3.4, debug, 4.3.4",
        "/debug@4.3.4, debug, 4.3.4",
        "/@babel/core@7.0.0(supports-color@8.1.1), @babel/core, 7.0.0",
        "debug@4.3.4, debug, 4.3.4",
        "'@babel/core@7.0.0(@types/node@20.0.0)(debug@4.3.4)', @babel/core, 7.0.0",
    })
    void keys_of_all_styles_give_name_and_version(String key, String name, String version) {
        assertThat(PnpmKey.of(key)).isEqualTo(new PnpmKey(name, version));
    }

    @Test
    void version_5_is_read() {
        Manifest manifest = Given.manifest("pnpm-lock.yaml", """
                lockfileVersion: 5.4
                specifiers:
                  debug: ^4.0.0
                  mocha: ^10.0.0
                dependencies:
                  debug: 4.3.4_supports-color@8.1.1
                devDependencies:
                  mocha: 10.0.0
                packages:
                  /debug/4.3.4_supports-color@8.1.1:
                    resolution: {integrity: sha512-00}
                    dependencies:
                      ms: 2.1.2
                    dev: false
                  /mocha/10.0.0:
                    dev: true
                  /ms/2.1.2:
                    dev: false
                """);

        assertThat(Given.components(manifest))
                .containsExactly("10 RUNTIME debug@4.3.4", "15 DEVELOPMENT mocha@10.0.0", "17 RUNTIME ms@2.1.2");
        assertThat(Given.edges(manifest)).containsExactly("debug@4.3.4 > ms@2.1.2");
        assertThat(Given.roots(manifest)).containsExactly("debug@4.3.4", "mocha@10.0.0");
    }

    @Test
    void version_6_with_importers_is_read() {
        Manifest manifest = Given.manifest("pnpm-lock.yaml", """
                lockfileVersion: '6.0'
                importers:
                  .:
                    dependencies:
                      old-ms:
                        specifier: npm:ms@2.0.0
                        version: /ms@2.0.0
                  tools/printer:
                    optionalDependencies:
                      debug:
                        specifier: ^4.0.0
                        version: 4.3.4(supports-color@8.1.1)
                      sibling:
                        specifier: workspace:*
                        version: link:../sibling
                packages:
                  /debug@4.3.4(supports-color@8.1.1):
                    resolution: {integrity: sha512-00}
                    dependencies:
                      ms: 2.1.2
                    optional: true
                  /ms@2.0.0:
                    resolution: {integrity: sha512-00}
                  /ms@2.1.2:
                    resolution: {integrity: sha512-00}
                    optional: true
                """);

        assertThat(Given.components(manifest))
                .containsExactly("17 OPTIONAL debug@4.3.4", "22 RUNTIME ms@2.0.0", "24 OPTIONAL ms@2.1.2");
        assertThat(Given.edges(manifest)).containsExactly("debug@4.3.4 > ms@2.1.2");
        assertThat(Given.roots(manifest)).containsExactly("debug@4.3.4", "ms@2.0.0");
    }

    @Test
    void version_9_joins_packages_and_snapshots_and_works_scopes_out() {
        Manifest manifest = Given.manifest("pnpm-lock.yaml", """
                lockfileVersion: '9.0'
                importers:
                  .:
                    dependencies:
                      debug:
                        specifier: ^4.0.0
                        version: 4.3.4(supports-color@8.1.1)
                    devDependencies:
                      mocha:
                        specifier: ^10.0.0
                        version: 10.0.0
                packages:
                  debug@4.3.4:
                    resolution: {integrity: sha512-00}
                  forked@https://codeload.example.org/forked/tar.gz/00:
                    resolution: {tarball: https://codeload.example.org/forked/tar.gz/00}
                    version: 1.0.0
                  fsevents@2.3.2:
                    resolution: {integrity: sha512-00}
                  mocha@10.0.0:
                    resolution: {integrity: sha512-00}
                  ms@2.1.2:
                    resolution: {integrity: sha512-00}
                  supports-color@8.1.1:
                    resolution: {integrity: sha512-00}
                snapshots:
                  debug@4.3.4(supports-color@8.1.1):
                    dependencies:
                      ms: 2.1.2
                    optionalDependencies:
                      supports-color: 8.1.1
                      fsevents: 2.3.2
                  forked@https://codeload.example.org/forked/tar.gz/00: {}
                  fsevents@2.3.2:
                    optional: true
                  mocha@10.0.0:
                    dependencies:
                      debug: 4.3.4(supports-color@8.1.1)
                      forked: https://codeload.example.org/forked/tar.gz/00
                  ms@2.1.2: {}
                  supports-color@8.1.1: {}
                """);

        assertThat(Given.components(manifest))
                .containsExactly(
                        "13 RUNTIME debug@4.3.4",
                        "15 DEVELOPMENT forked",
                        "18 OPTIONAL fsevents@2.3.2",
                        "20 DEVELOPMENT mocha@10.0.0",
                        "22 RUNTIME ms@2.1.2",
                        "24 RUNTIME supports-color@8.1.1");
        assertThat(Given.edges(manifest))
                .containsExactly(
                        "debug@4.3.4 > fsevents@2.3.2",
                        "debug@4.3.4 > ms@2.1.2",
                        "debug@4.3.4 > supports-color@8.1.1",
                        "mocha@10.0.0 > debug@4.3.4",
                        "mocha@10.0.0 > forked");
        assertThat(Given.roots(manifest)).containsExactly("debug@4.3.4", "mocha@10.0.0");
    }

    @Test
    void an_emoji_anywhere_does_not_break_the_reader() {
        for (int before = 1_000; before < 1_050; before++) {
            String text = "# " + "x".repeat(before) + " \ud83d\ude00\nlockfileVersion: '9.0'\n";

            assertThat(Given.manifest("pnpm-lock.yaml", text).components()).isEmpty();
        }
    }

    @Test
    void aliases_are_refused() {
        assertThat(Given.refused("pnpm-lock.yaml", "lockfileVersion: &a 5.4\npackages: *a\n")
                        .reason())
                .contains("alias");
    }

    @Test
    void what_is_no_lockfile_is_refused() {
        assertThat(Given.refused("pnpm-lock.yaml", "hello: 1\n").reason()).contains("not a pnpm lockfile");
    }
}
