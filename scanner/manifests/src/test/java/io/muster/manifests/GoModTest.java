package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GoModTest {

    @Test
    void required_modules_are_components_and_the_direct_ones_are_roots() {
        Manifest manifest = Given.manifest("go.mod", """
                module example.org/shop // with a comment

                go 1.21.0

                require github.com/BurntSushi/toml v1.2.0
                require (
                \tgolang.org/x/net v0.0.0-20211111083644-e5c967477495
                \tgolang.org/x/text v0.3.6 // indirect
                \t"gopkg.in/yaml.v3" v3.0.1 // indirect; see above
                )
                exclude golang.org/x/net v0.1.0
                retract [v1.0.0, v1.1.0]
                """);

        assertThat(Given.components(manifest))
                .containsExactly(
                        "5 RUNTIME github.com/BurntSushi/toml@v1.2.0",
                        "7 RUNTIME golang.org/x/net@v0.0.0-20211111083644-e5c967477495",
                        "8 RUNTIME golang.org/x/text@v0.3.6",
                        "9 RUNTIME gopkg.in/yaml.v3@v3.0.1");
        assertThat(Given.roots(manifest)).hasSize(2);
        assertThat(manifest.graph().knowledge()).isEqualTo(DependencyGraph.Knowledge.DIRECT);
    }

    @Test
    void a_replacement_takes_the_place_of_what_it_replaces() {
        ManifestReading reading = Given.reading("go.mod", """
                module example.org/shop
                go 1.20
                require (
                  example.org/a v1.0.0
                  example.org/b v1.0.0
                  example.org/c v1.0.0
                )
                replace example.org/a => example.org/fork v1.0.1
                replace (
                  example.org/b v1.0.0 => ../b
                  example.org/c v9.9.9 => example.org/other v1.0.0
                )
                """);

        assertThat(Given.components(Given.manifest(reading)))
                .containsExactly("4 RUNTIME example.org/fork@v1.0.1", "6 RUNTIME example.org/c@v1.0.0");
        assertThat(Given.warnings(reading))
                .containsExactly("line 5: 'example.org/b' is replaced by a folder and passed over");
    }

    @Test
    void before_go_1_17_the_indirect_modules_come_from_go_sum() {
        String sum = """
                example.org/a v1.0.0 h1:AAAA=
                example.org/a v1.0.0/go.mod h1:BBBB=
                example.org/only-looked-at v1.0.0/go.mod h1:CCCC=
                example.org/deep v1.2.0 h1:DDDD=
                example.org/deep v1.10.0 h1:EEEE=
                """;

        Manifest manifest = Given.manifest(
                "go.mod", "module example.org/shop\ngo 1.16\nrequire example.org/a v1.0.0\n", Map.of("go.sum", sum));

        assertThat(manifest.components())
                .extracting(Component::label)
                .containsExactly("example.org/a@v1.0.0", "example.org/deep@v1.10.0");
    }

    @Test
    void go_sum_alone_gives_the_highest_version_of_each_module_that_was_fetched() {
        Manifest manifest = Given.manifest("go.sum", """
                example.org/deep v1.10.0 h1:EEEE=
                example.org/deep v1.2.0 h1:DDDD=
                example.org/only-looked-at v1.0.0/go.mod h1:CCCC=
                """);

        assertThat(Given.components(manifest)).containsExactly("1 RUNTIME example.org/deep@v1.10.0");
    }

    @Test
    void a_file_that_is_no_go_mod_is_refused() {
        assertThat(Given.refused("go.mod", "hello\n").reason()).contains("no 'module' line");
        assertThat(Given.refused("go.mod", "module x\nrequire lonely\n").line()).isEqualTo(2);
        assertThat(Given.refused("go.sum", "one two\n").line()).isEqualTo(1);
    }
}
