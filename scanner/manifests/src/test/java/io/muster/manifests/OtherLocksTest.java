package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OtherLocksTest {

    @Test
    void composer_lock_resolves_replaced_packages_and_takes_roots_from_composer_json() {
        Manifest manifest = Given.manifest("composer.lock", """
                {
                  "packages": [
                    { "name": "laravel/framework", "version": "v9.0.0",
                      "require": { "php": "^8.0", "psr/log": "^2.0", "illuminate/mail": "*" },
                      "replace": { "illuminate/mail": "self.version" } },
                    { "name": "psr/log", "version": "2.0.0" }
                  ],
                  "packages-dev": [
                    { "name": "phpunit/phpunit", "version": "9.5.0", "require": { "illuminate/mail": "*" } }
                  ]
                }
                """, Map.of("composer.json", """
                { "require": { "php": "^8.0", "laravel/framework": "^9" }, "require-dev": { "phpunit/phpunit": "*" } }
                """));

        assertThat(Given.components(manifest))
                .containsExactly(
                        "3 RUNTIME laravel/framework@v9.0.0",
                        "6 RUNTIME psr/log@2.0.0",
                        "9 DEVELOPMENT phpunit/phpunit@9.5.0");
        assertThat(Given.edges(manifest))
                .containsExactly(
                        "laravel/framework@v9.0.0 > psr/log@2.0.0", "phpunit/phpunit@9.5.0 > laravel/framework@v9.0.0");
        assertThat(Given.roots(manifest)).containsExactly("laravel/framework@v9.0.0", "phpunit/phpunit@9.5.0");
    }

    @Test
    void gemfile_lock_joins_platforms_and_leaves_out_gems_of_the_project() {
        Manifest manifest = Given.manifest("Gemfile.lock", """
                PATH
                  remote: .
                  specs:
                    shop (0.1.0)
                      rack (>= 2)

                GEM
                  remote: https://gems.example.org/
                  specs:
                    nokogiri (1.13.0-x86_64-linux)
                      racc (~> 1.4)
                    nokogiri (1.13.0-arm64-darwin)
                      racc (~> 1.4)
                    racc (1.6.0)
                    rack (2.2.3)

                PLATFORMS
                  ruby

                DEPENDENCIES
                  nokogiri (~> 1.13)
                  shop!

                BUNDLED WITH
                   2.3.7
                """);

        assertThat(Given.components(manifest))
                .containsExactly("10 RUNTIME nokogiri@1.13.0", "14 RUNTIME racc@1.6.0", "15 RUNTIME rack@2.2.3");
        assertThat(Given.edges(manifest)).containsExactly("nokogiri@1.13.0 > racc@1.6.0");
        assertThat(Given.roots(manifest)).containsExactly("nokogiri@1.13.0", "rack@2.2.3");
    }

    @Test
    void nuget_lock_reads_every_framework_and_passes_through_projects() {
        Manifest manifest = Given.manifest("packages.lock.json", """
                { "version": 1, "dependencies": {
                  "net6.0": {
                    "Serilog": { "type": "Direct", "requested": "[2.10.0, )", "resolved": "2.10.0" },
                    "Serilog.Sinks.File": { "type": "Direct", "resolved": "5.0.0",
                      "dependencies": { "serilog": "2.10.0" } },
                    "shop.core": { "type": "Project", "dependencies": { "Newtonsoft.Json": "[13.0.1, )" } },
                    "Newtonsoft.Json": { "type": "Transitive", "resolved": "13.0.1" } },
                  "net48": {
                    "Serilog": { "type": "Direct", "resolved": "2.9.0" } } } }
                """);

        assertThat(Given.components(manifest))
                .containsExactly(
                        "3 RUNTIME serilog@2.10.0",
                        "4 RUNTIME serilog.sinks.file@5.0.0",
                        "7 RUNTIME newtonsoft.json@13.0.1",
                        "9 RUNTIME serilog@2.9.0");
        assertThat(Given.edges(manifest)).containsExactly("serilog.sinks.file@5.0.0 > serilog@2.10.0");
        assertThat(Given.roots(manifest)).hasSize(4);
    }

    @Test
    void deps_json_reads_libraries_and_targets() {
        Manifest manifest = Given.manifest("bin/Shop.deps.json", """
                {
                  "targets": { ".NETCoreApp,Version=v6.0": {
                    "Shop/1.0.0": { "dependencies": { "Serilog.Sinks.File": "5.0.0" } },
                    "Serilog/2.10.0": { "runtime": {} },
                    "Serilog.Sinks.File/5.0.0": { "dependencies": { "Serilog": "2.10.0" } } } },
                  "libraries": {
                    "Shop/1.0.0": { "type": "project" },
                    "Serilog/2.10.0": { "type": "package" },
                    "Serilog.Sinks.File/5.0.0": { "type": "package" } }
                }
                """);

        assertThat(Given.components(manifest))
                .containsExactly("8 RUNTIME serilog@2.10.0", "9 RUNTIME serilog.sinks.file@5.0.0");
        assertThat(Given.edges(manifest)).containsExactly("serilog.sinks.file@5.0.0 > serilog@2.10.0");
        assertThat(Given.roots(manifest)).containsExactly("serilog.sinks.file@5.0.0");
    }

    @Test
    void pubspec_lock_says_itself_what_is_direct() {
        Manifest manifest = Given.manifest("pubspec.lock", """
                packages:
                  http:
                    dependency: "direct main"
                    description: {name: http, url: "https://packages.example.org"}
                    source: hosted
                    version: "0.13.4"
                  lints:
                    dependency: "direct dev"
                    source: hosted
                    version: "2.0.0"
                  flutter:
                    dependency: "direct main"
                    source: sdk
                    version: "0.0.0"
                  path:
                    dependency: transitive
                    source: hosted
                    version: "1.8.2"
                sdks:
                  dart: ">=2.17.0 <3.0.0"
                """);

        assertThat(Given.components(manifest))
                .containsExactly("2 RUNTIME http", "7 DEVELOPMENT lints@2.0.0", "15 RUNTIME path@1.8.2");
        assertThat(Given.roots(manifest)).containsExactly("http", "lints@2.0.0");
    }

    @Test
    void mix_lock_is_read_as_terms() {
        Manifest manifest = Given.manifest("mix.lock", """
                %{
                  "plug": {:hex, :plug, "1.11.0", "00", [:mix], \
                [{:mime, "~> 1.0", [hex: :mime, repo: "hexpm", optional: false]}, \
                {:telemetry, "~> 0.4", [hex: :telemetry, optional: true]}], "hexpm", "00"},
                  "mime": {:hex, :mime, "1.5.0", "00", [:mix], [], "hexpm", "00"},
                  "own": {:git, "https://git.example.org/own.git", "0a1b2c", [branch: "main"]},
                  telemetry: {:hex, :telemetry, "0.4.2", "00", [:rebar3], [], "hexpm", "00"},
                }
                """);

        assertThat(Given.components(manifest))
                .containsExactly(
                        "2 RUNTIME plug@1.11.0", "3 RUNTIME mime@1.5.0", "4 RUNTIME own", "5 RUNTIME telemetry@0.4.2");
        assertThat(Given.edges(manifest)).containsExactly("plug@1.11.0 > mime@1.5.0", "plug@1.11.0 > telemetry@0.4.2");
        assertThat(Given.refused("mix.lock", "[1, 2]").reason()).contains("not a mix.lock");
        assertThat(Given.refused("mix.lock", "%{\n\"a\": {:hex, ").line()).isEqualTo(2);
    }

    @Test
    void conan_lock_is_read_in_both_versions() {
        Manifest graph = Given.manifest("conan.lock", """
                { "graph_lock": { "nodes": {
                  "0": { "options": "", "requires": ["1"], "build_requires": ["3"], "path": "conanfile.py" },
                  "1": { "ref": "poco/1.11.0#0a1b", "requires": ["2"], "context": "host" },
                  "2": { "ref": "zlib/1.2.11@user/stable#0a1b", "context": "host" },
                  "3": { "ref": "cmake/3.22.0", "context": "build" } } }, "version": "0.4" }
                """);
        Manifest flat = Given.manifest("conan.lock", """
                { "version": "0.5",
                  "requires": ["zlib/1.2.11#83d45cbb%1650538915.154"],
                  "build_requires": ["cmake/3.22.0#0a%1"], "python_requires": [] }
                """);

        assertThat(Given.components(graph))
                .containsExactly("3 RUNTIME poco@1.11.0", "4 RUNTIME zlib", "5 DEVELOPMENT cmake@3.22.0");
        assertThat(Given.edges(graph)).containsExactly("poco@1.11.0 > zlib");
        assertThat(Given.roots(graph)).containsExactly("poco@1.11.0", "cmake@3.22.0");
        assertThat(Given.components(flat)).containsExactly("2 RUNTIME zlib@1.2.11", "3 DEVELOPMENT cmake@3.22.0");
    }
}
