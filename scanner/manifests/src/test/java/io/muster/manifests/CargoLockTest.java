package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CargoLockTest {

    private static final String LOCK = """
            version = 3

            [[package]]
            name = "app"
            version = "0.1.0"
            dependencies = [
             "rand 0.7.3",
             "rand 0.8.5 (registry+https://github.com/rust-lang/crates.io-index)",
             "helper",
            ]

            [[package]]
            name = "helper"
            version = "0.1.0"
            dependencies = ["libc"]

            [[package]]
            name = "libc"
            version = "0.2.139"
            source = "registry+https://github.com/rust-lang/crates.io-index"

            [[package]]
            name = "rand"
            version = "0.7.3"
            source = "registry+https://github.com/rust-lang/crates.io-index"
            dependencies = [ "libc" ]

            [[package]]
            name = "rand"
            version = "0.8.5"
            source = "git+https://git.example.org/rand?rev=1#1"
            """;

    @Test
    void packages_have_lines_and_edges_and_two_versions_of_a_crate_stay_apart() {
        Manifest manifest = Given.manifest("Cargo.lock", LOCK);

        assertThat(Given.components(manifest))
                .containsExactly("17 RUNTIME libc@0.2.139", "22 RUNTIME rand@0.7.3", "28 RUNTIME rand");
        assertThat(Given.edges(manifest)).containsExactly("rand@0.7.3 > libc@0.2.139");
    }

    @Test
    void crates_of_the_project_itself_are_not_components_and_what_they_need_are_the_roots() {
        Manifest manifest = Given.manifest("Cargo.lock", LOCK);

        assertThat(Given.roots(manifest)).containsExactly("libc@0.2.139", "rand@0.7.3", "rand");
    }

    @Test
    void a_lockfile_without_dependencies_is_an_empty_manifest() {
        Manifest manifest =
                Given.manifest("Cargo.lock", "version = 4\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n");

        assertThat(manifest.components()).isEmpty();
    }
}
