package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Copies that are not of an ecosystem's registry are listed, counted with where they come from, and not asked about.
class ElsewhereTest {

    private static final String COMMIT = "00112233445566778899aabbccddeeff00112233";

    private static void expect(String fileName, String text, Map<SkipReason, Integer> skipped, String... labels) {
        Manifest manifest = Given.manifest(fileName, text);

        assertThat(manifest.components())
                .extracting(Component::label)
                .as(fileName)
                .containsExactly(labels);
        assertThat(manifest.skipped()).as(fileName).isEqualTo(skipped);
    }

    @Test
    void npm_copies_from_git_folders_and_addresses_have_no_version() {
        expect(
                "package-lock.json",
                """
                {"lockfileVersion": 3, "packages": {
                 "node_modules/a": {"version": "1.0.0", "resolved": "git+ssh://git@github.com/x/a.git#%s"},
                 "node_modules/b": {"version": "1.0.0", "resolved": "file:b.tgz"},
                 "node_modules/c": {"version": "1.0.0", "resolved": "https://example.org/c.tgz"},
                 "node_modules/d": {"version": "1.0.0", "resolved": "https://mirror.example.org/npm/d/-/d-1.0.0.tgz"},
                 "node_modules/e": {"version": "1.0.0", "resolved": "https://npm.example.org/download/@x/e/1.0.0/00"},
                 "node_modules/f": {"version": "1.0.0"}}}
                """.formatted(COMMIT),
                Map.of(SkipReason.GIT, 1, SkipReason.FOLDER, 1, SkipReason.ADDRESS, 1),
                "a",
                "b",
                "c",
                "d@1.0.0",
                "e@1.0.0",
                "f@1.0.0");
        expect("package-lock.json", """
                {"lockfileVersion": 1, "dependencies": {
                 "a": {"version": "git+https://git.example.org/a.git#%s"},
                 "b": {"version": "github:x/b#%s"},
                 "c": {"version": "1.0.0", "resolved": "https://registry.example.org/c/-/c-1.0.0.tgz"}}}
                """.formatted(COMMIT, COMMIT), Map.of(SkipReason.GIT, 2), "a", "b", "c@1.0.0");
    }

    @Test
    void yarn_pnpm_and_bun_copies_from_elsewhere_have_no_version() {
        expect(
                "yarn.lock",
                """
                "a@git+https://git.example.org/a.git":
                  version "0.0.0"
                  resolved "git+https://git.example.org/a.git#%s"

                "b@x/b":
                  version "1.0.0"
                  resolved "https://codeload.github.com/x/b/tar.gz/%s"

                "c@https://example.org/c.tgz":
                  version "1.0.0"
                  resolved "https://example.org/c.tgz#00"

                d@^1.0.0:
                  version "1.0.0"
                  resolved "https://registry.example.org/d/-/d-1.0.0.tgz#00"
                """.formatted(COMMIT, COMMIT),
                Map.of(SkipReason.GIT, 2, SkipReason.ADDRESS, 1),
                "a",
                "b",
                "c",
                "d@1.0.0");
        expect(
                "yarn.lock",
                """
                __metadata:
                  version: 8

                "a@https://github.com/x/a.git#commit=%s":
                  version: 0.0.0
                  resolution: "a@https://github.com/x/a.git#commit=%s"

                "b@portal:../b::locator=x":
                  version: 0.0.0
                  resolution: "b@portal:../b::locator=x"

                "c@patch:c@npm%%3A1.0.0#./c.patch":
                  version: 1.0.0
                  resolution: "c@patch:c@npm%%3A1.0.0#./c.patch::version=1.0.0"
                """.formatted(COMMIT, COMMIT),
                Map.of(SkipReason.GIT, 1, SkipReason.FOLDER, 1),
                "a",
                "b",
                "c@1.0.0");
        expect(
                "pnpm-lock.yaml",
                """
                lockfileVersion: '6.0'
                packages:
                  github.com/x/a/%s:
                    resolution: {tarball: https://codeload.github.com/x/a/tar.gz/%s}
                    name: a
                    version: 1.0.0
                  file:../b:
                    resolution: {directory: ../b, type: directory}
                    name: b
                  file:../c:
                    resolution: {integrity: sha512-aa}
                  '@git.example.org+x/d/%s':
                    resolution: {commit: '%s', repo: 'https://git.example.org/x/d', type: git}
                    name: d
                    version: 1.0.0
                """.formatted(COMMIT, COMMIT, COMMIT, COMMIT),
                Map.of(SkipReason.GIT, 2, SkipReason.FOLDER, 2),
                "a",
                "b",
                "d");
        expect(
                "bun.lock",
                """
                {"lockfileVersion": 1, "packages": {
                  "a": ["a@github:x/a#001", {}, "x-a-001"],
                  "b": ["b@file:../b", {}],
                  "c": ["c@https://example.org/c.tgz", {}],
                  "d": ["d@1.0.0", "", {}, "sha512-aa"]}}
                """,
                Map.of(SkipReason.GIT, 1, SkipReason.FOLDER, 1, SkipReason.ADDRESS, 1),
                "a",
                "b",
                "c",
                "d@1.0.0");
    }

    @Test
    void python_copies_from_elsewhere_have_no_version() {
        expect(
                "poetry.lock",
                """
                [[package]]
                name = "a"
                version = "1"
                [package.source]
                type = "git"
                url = "https://git.example.org/a.git"
                [[package]]
                name = "b"
                version = "1"
                [package.source]
                type = "url"
                url = "https://example.org/b.whl"
                [[package]]
                name = "c"
                version = "1"
                [package.source]
                type = "legacy"
                url = "https://pypi.example.org/simple"
                [[package]]
                name = "d"
                version = "1"
                """,
                Map.of(SkipReason.GIT, 1, SkipReason.ADDRESS, 1, SkipReason.REGISTRY, 1),
                "a",
                "b",
                "c",
                "d@1");
        expect(
                "uv.lock",
                """
                version = 1
                requires-python = ">=3.12"
                [[package]]
                name = "a"
                version = "1"
                source = { git = "https://git.example.org/a.git?rev=main#00" }
                [[package]]
                name = "b"
                version = "1"
                source = { path = "b.whl" }
                [[package]]
                name = "c"
                version = "1"
                source = { registry = "https://pypi.example.org/simple" }
                [[package]]
                name = "d"
                version = "1"
                source = { registry = "https://pypi.org/index" }
                [[package]]
                name = "e"
                version = "1"
                source = { url = "https://example.org/e.whl" }
                """,
                Map.of(SkipReason.GIT, 1, SkipReason.FOLDER, 1, SkipReason.REGISTRY, 1, SkipReason.ADDRESS, 1),
                "a",
                "b",
                "c",
                "d@1",
                "e");
        expect("pdm.lock", """
                [metadata]
                lock_version = "4.5.0"
                [[package]]
                name = "a"
                version = "1"
                git = "https://git.example.org/a.git"
                [[package]]
                name = "b"
                version = "1"
                path = "./b"
                [[package]]
                name = "c"
                version = "1"
                url = "https://example.org/c.whl"
                """, Map.of(SkipReason.GIT, 1, SkipReason.FOLDER, 1, SkipReason.ADDRESS, 1), "a", "b", "c");
        expect("pylock.toml", """
                lock-version = "1.0"
                [[packages]]
                name = "a"
                version = "1"
                vcs = { type = "git", url = "https://git.example.org/a.git" }
                [[packages]]
                name = "b"
                version = "1"
                archive = { url = "https://example.org/b.zip" }
                [[packages]]
                name = "c"
                version = "1"
                """, Map.of(SkipReason.GIT, 1, SkipReason.ADDRESS, 1), "a", "b", "c@1");
        expect(
                "Pipfile.lock",
                """
                {"_meta": {"sources": [{"name": "pypi", "url": "https://pypi.org/index"},
                                       {"name": "own", "url": "https://pypi.example.org/simple"}]},
                 "default": {"a": {"git": "https://git.example.org/a.git", "ref": "00"},
                             "b": {"index": "own", "version": "==1"},
                             "c": {"index": "pypi", "version": "==1"},
                             "d": {"version": "==1"}, "e": {"path": "./e"}}}
                """,
                Map.of(SkipReason.GIT, 1, SkipReason.REGISTRY, 1, SkipReason.FOLDER, 1),
                "a",
                "b",
                "c@1",
                "d@1",
                "e");
        expect(
                "requirements.txt",
                """
                a @ git+https://git.example.org/a.git@main
                b @ https://example.org/b.whl
                c @ file:///srv/c.whl
                -e git+https://git.example.org/d.git@v1#egg=d
                ./local
                """,
                Map.of(SkipReason.GIT, 2, SkipReason.ADDRESS, 1, SkipReason.FOLDER, 2),
                "a",
                "b",
                "c",
                "d");
    }

    @Test
    void a_lone_other_registry_is_a_mirror_and_is_asked_about() {
        expect("uv.lock", """
                version = 1
                requires-python = ">=3.12"
                [[package]]
                name = "c"
                version = "1"
                source = { registry = "https://pypi.example.org/simple" }
                """, Map.of(), "c@1");
        expect("Gemfile.lock", """
                GEM
                  remote: https://gems.example.org/
                  specs:
                    a (1.0)
                """, Map.of(), "a@1.0");
    }

    @Test
    void other_languages_copies_from_elsewhere_have_no_version() {
        expect("Cargo.lock", """
                version = 4
                [[package]]
                name = "a"
                version = "1.0.0"
                source = "git+https://git.example.org/a?rev=1#1"
                [[package]]
                name = "b"
                version = "1.0.0"
                source = "sparse+https://crates.example.org/index/"
                [[package]]
                name = "c"
                version = "1.0.0"
                source = "sparse+https://index.crates.io/"
                """, Map.of(SkipReason.GIT, 1, SkipReason.REGISTRY, 1), "a", "b", "c@1.0.0");
        expect(
                "Gemfile.lock",
                """
                GIT
                  remote: https://git.example.org/a.git
                  revision: 00
                  specs:
                    a (1.0)

                PATH
                  remote: .
                  specs:
                    own (0.1)

                GEM
                  remote: https://gems.example.org/
                  specs:
                    b (1.0)

                GEM
                  remote: https://rubygems.org/
                  specs:
                    c (1.0)
                """,
                Map.of(SkipReason.GIT, 1, SkipReason.FOLDER, 1, SkipReason.REGISTRY, 1),
                "a",
                "b",
                "c@1.0");
        expect("composer.lock", """
                {"packages": [
                  {"name": "x/a", "version": "1.0", "notification-url": "https://packagist.org/downloads/"},
                  {"name": "x/b", "version": "1.0"},
                  {"name": "x/c", "version": "1.0", "dist": {"type": "path", "url": "../c"}}]}
                """, Map.of(SkipReason.GIT, 1, SkipReason.FOLDER, 1), "x/a@1.0", "x/b", "x/c");
        expect(
                "pubspec.lock",
                """
                packages:
                  a:
                    source: git
                    version: "1.0.0"
                  b:
                    source: hosted
                    description: {name: b, url: "https://pub.example.org"}
                    version: "1.0.0"
                  c:
                    source: hosted
                    description: {name: c, url: "https://pub.dev"}
                    version: "1.0.0"
                  d:
                    source: path
                    version: "1.0.0"
                """,
                Map.of(SkipReason.GIT, 1, SkipReason.REGISTRY, 1, SkipReason.FOLDER, 1),
                "a",
                "b",
                "c@1.0.0");
        expect("mix.lock", """
                %{
                  "a": {:git, "https://git.example.org/a.git", "00", []},
                  "b": {:hex, :b, "1.0.0", "00", [:mix], [], "hexpm:acme", "00"},
                  "c": {:hex, :c, "1.0.0", "00", [:mix], [], "hexpm", "00"},
                }
                """, Map.of(SkipReason.GIT, 1, SkipReason.REGISTRY, 1), "a", "b", "c@1.0.0");
        expect("conan.lock", """
                {"version": "0.5", "requires": ["a/1.0@acme/stable#00%1.0", "b/1.0#00%1.0", "c/1.0@_/_", "d/[>1.0]"]}
                """, Map.of(SkipReason.REGISTRY, 1, SkipReason.RANGE, 1), "a", "b@1.0", "c@1.0", "d");
    }

    @Test
    void sbom_tools_note_a_copy_from_elsewhere_in_a_qualifier() {
        expect("bom.json", """
                {"bomFormat": "CycloneDX", "components": [
                  {"type": "library", "name": "a", "purl": "pkg:npm/a@1.0.0?vcs_url=git%2Bssh://example.org/a.git"},
                  {"type": "library", "name": "b", "purl": "pkg:cargo/b@1.0.0?download_url=file://b"},
                  {"type": "library", "name": "c", "purl": "pkg:golang/c@1.0.0?vcs_url=git%2Bhttps://c"}]}
                """, Map.of(SkipReason.GIT, 1, SkipReason.FOLDER, 1), "a", "b", "c@1.0.0");
    }

    @Test
    void a_patched_copy_is_from_where_the_copy_was_that_is_patched() {
        Manifest manifest = Given.manifest("yarn.lock", """
                __metadata:
                  version: 8

                "a@patch:a@https%3A//github.com/acme/a.git%23commit=b#p":
                  version: 1.0.0
                  resolution: "a@patch:a@https%3A//github.com/acme/a.git%23commit=b#p::version=1.0.0&hash=1"

                "b@patch:b@npm%3A1.0.0#p":
                  version: 1.0.0
                  resolution: "b@patch:b@npm%3A1.0.0#p::version=1.0.0&hash=1"
                """);

        assertThat(manifest.components()).extracting(Component::label).containsExactly("a", "b@1.0.0");
        assertThat(manifest.skipped()).isEqualTo(Map.of(SkipReason.GIT, 1));
    }

    @Test
    void a_runtime_that_pnpm_installs_is_not_the_package_of_its_name() {
        Manifest manifest = Given.manifest("pnpm-lock.yaml", """
                lockfileVersion: '9.0'
                packages:
                  node@runtime:22.1.0:
                    resolution: {type: variations, variants: []}
                    version: 22.1.0
                """);

        assertThat(manifest.components()).extracting(Component::version).containsExactly("");
    }
}
