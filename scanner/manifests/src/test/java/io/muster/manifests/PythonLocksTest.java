package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PythonLocksTest {

    @Test
    void pipfile_lock_has_default_and_develop_and_the_pipfile_tells_the_roots() {
        Manifest manifest = Given.manifest(
                "Pipfile.lock",
                """
                {
                  "_meta": { "pipfile-spec": 6 },
                  "default": {
                    "flask": { "hashes": ["sha256:00"], "index": "main", "version": "==2.0.0" },
                    "jinja2": { "markers": "python_version >= '3.6'", "version": "==3.0.0" },
                    "own": { "git": "https://git.example.org/own.git", "ref": "0a1b" }
                  },
                  "develop": { "pytest": { "version": "==7.0.0" } }
                }
                """,
                Map.of("Pipfile", "[packages]\nFlask = \"*\"\n[dev-packages]\npytest = {version = \"*\"}\n"));

        assertThat(Given.components(manifest))
                .containsExactly(
                        "4 RUNTIME flask@2.0.0",
                        "5 RUNTIME jinja2@3.0.0",
                        "6 RUNTIME own",
                        "8 DEVELOPMENT pytest@7.0.0");
        assertThat(Given.roots(manifest)).containsExactly("flask@2.0.0", "pytest@7.0.0");
    }

    private static final String POETRY_1_6 = """
            [[package]]
            name = "Flask"
            version = "2.0.0"
            optional = false
            files = [
                {file = "flask.whl", hash = "sha256:00"},
            ]

            [package.dependencies]
            Jinja2 = ">=3.0"
            importlib-metadata = {version = "*", markers = "python_version < '3.10'"}

            [[package]]
            name = "jinja2"
            version = "3.0.0"
            optional = false

            [[package]]
            name = "pytest"
            version = "7.0.0"
            optional = false

            [package.extras]
            testing = ["argcomplete"]

            [metadata]
            lock-version = "2.0"
            """;

    @Test
    void poetry_between_1_5_and_2_takes_roots_and_scopes_from_pyproject() {
        Manifest manifest = Given.manifest("poetry.lock", POETRY_1_6, Map.of("pyproject.toml", """
                [tool.poetry.dependencies]
                python = "^3.9"
                flask = "^2.0"
                [tool.poetry.group.test.dependencies]
                pytest = "*"
                """));

        assertThat(Given.components(manifest))
                .containsExactly("1 RUNTIME flask@2.0.0", "13 RUNTIME jinja2@3.0.0", "18 DEVELOPMENT pytest@7.0.0");
        assertThat(Given.edges(manifest)).containsExactly("flask@2.0.0 > jinja2@3.0.0");
        assertThat(Given.roots(manifest)).containsExactly("flask@2.0.0", "pytest@7.0.0");
    }

    @Test
    void poetry_of_before_and_after_says_the_scope_itself() {
        Manifest before = Given.manifest("poetry.lock", """
                [[package]]
                name = "pytest"
                version = "7.0.0"
                category = "dev"
                optional = false
                [[package]]
                name = "redis"
                version = "4.0.0"
                category = "main"
                optional = true
                """);
        Manifest after = Given.manifest("poetry.lock", """
                [[package]]
                name = "flask"
                version = "2.0.0"
                groups = ["main", "test"]
                [[package]]
                name = "pytest"
                version = "7.0.0"
                groups = ["test"]
                """);

        assertThat(Given.components(before)).containsExactly("1 DEVELOPMENT pytest@7.0.0", "6 OPTIONAL redis@4.0.0");
        assertThat(Given.components(after)).containsExactly("1 RUNTIME flask@2.0.0", "5 DEVELOPMENT pytest@7.0.0");
    }

    @Test
    void uv_lock_takes_its_roots_from_the_packages_that_are_the_project() {
        Manifest manifest = Given.manifest("uv.lock", """
                version = 1
                requires-python = ">=3.12"

                [[package]]
                name = "shop"
                version = "0.1.0"
                source = { virtual = "." }
                dependencies = [
                    { name = "flask" },
                    { name = "numpy", version = "1.26.0", source = { registry = "https://packages.example.org" } },
                ]
                [package.optional-dependencies]
                cache = [{ name = "redis" }]
                [package.dev-dependencies]
                dev = [{ name = "pytest" }]

                [[package]]
                name = "flask"
                version = "2.0.0"
                source = { registry = "https://packages.example.org" }
                dependencies = [{ name = "jinja2", marker = "python_full_version >= '3'" }]

                [[package]]
                name = "jinja2"
                version = "3.0.0"
                source = { registry = "https://packages.example.org" }

                [[package]]
                name = "numpy"
                version = "1.26.0"
                source = { registry = "https://packages.example.org" }

                [[package]]
                name = "numpy"
                version = "2.0.0"
                source = { registry = "https://packages.example.org" }

                [[package]]
                name = "pytest"
                version = "7.0.0"
                source = { registry = "https://packages.example.org" }
                dependencies = [{ name = "jinja2" }]

                [[package]]
                name = "redis"
                version = "4.0.0"
                source = { registry = "https://packages.example.org" }
                """);

        assertThat(Given.components(manifest))
                .containsExactly(
                        "17 RUNTIME flask@2.0.0",
                        "23 RUNTIME jinja2@3.0.0",
                        "28 RUNTIME numpy@1.26.0",
                        "33 RUNTIME numpy@2.0.0",
                        "38 DEVELOPMENT pytest@7.0.0",
                        "44 OPTIONAL redis@4.0.0");
        assertThat(Given.edges(manifest)).containsExactly("flask@2.0.0 > jinja2@3.0.0", "pytest@7.0.0 > jinja2@3.0.0");
        assertThat(Given.roots(manifest)).containsExactly("flask@2.0.0", "numpy@1.26.0", "pytest@7.0.0", "redis@4.0.0");
    }

    private static final String PDM = """
            [metadata]
            groups = ["default", "cache", "checks"]
            lock_version = "4.5.0"

            [[package]]
            name = "flask"
            version = "2.0.0"
            groups = ["default"]
            dependencies = ["Jinja2>=3.0", "importlib-metadata; python_version < \\"3.10\\""]

            [[package]]
            name = "jinja2"
            version = "3.0.0"
            groups = ["default", "checks"]

            [[package]]
            name = "redis"
            version = "4.0.0"
            groups = ["cache"]

            [[package]]
            name = "ruff"
            version = "0.1.0"
            groups = ["checks"]
            """;

    @Test
    void pdm_groups_are_told_apart_by_pyproject() {
        Manifest manifest = Given.manifest("pdm.lock", PDM, Map.of("pyproject.toml", """
                [project]
                dependencies = ["flask"]
                [project.optional-dependencies]
                cache = ["redis>=4"]
                [tool.pdm.dev-dependencies]
                checks = ["ruff"]
                """));

        assertThat(Given.components(manifest))
                .containsExactly(
                        "5 RUNTIME flask@2.0.0",
                        "11 RUNTIME jinja2@3.0.0",
                        "16 OPTIONAL redis@4.0.0",
                        "21 DEVELOPMENT ruff@0.1.0");
        assertThat(Given.edges(manifest)).containsExactly("flask@2.0.0 > jinja2@3.0.0");
        assertThat(Given.roots(manifest)).containsExactly("flask@2.0.0", "redis@4.0.0", "ruff@0.1.0");
    }

    @Test
    void pylock_markers_tell_scopes_and_dependencies_may_name_versions() {
        Manifest manifest = Given.manifest("pylock.shop.toml", """
                lock-version = "1.0"
                created-by = "hand"

                [[packages]]
                name = "flask"
                version = "2.0.0"
                [[packages.dependencies]]
                name = "jinja2"
                version = "3.0.0"

                [[packages]]
                name = "jinja2"
                version = "3.0.0"

                [[packages]]
                name = "jinja2"
                version = "2.0.0"

                [[packages]]
                name = "pytest"
                version = "7.0.0"
                marker = "'dev' in dependency_groups"

                [[packages]]
                name = "redis"
                version = "4.0.0"
                marker = "'cache' in extras"

                [[packages]]
                name = "shop"
                directory = { path = "." }
                """);

        assertThat(Given.components(manifest))
                .containsExactly(
                        "4 RUNTIME flask@2.0.0",
                        "11 RUNTIME jinja2@3.0.0",
                        "15 RUNTIME jinja2@2.0.0",
                        "19 DEVELOPMENT pytest@7.0.0",
                        "24 OPTIONAL redis@4.0.0");
        assertThat(Given.edges(manifest)).containsExactly("flask@2.0.0 > jinja2@3.0.0");
    }

    @Test
    void files_that_are_something_else_are_refused() {
        assertThat(Given.refused("poetry.lock", "a = 1\n").reason()).contains("not a poetry.lock");
        assertThat(Given.refused("uv.lock", "a = 1\n").reason()).contains("not a uv.lock");
        assertThat(Given.refused("pdm.lock", "a = 1\n").reason()).contains("not a pdm.lock");
        assertThat(Given.refused("pylock.toml", "a = 1\n").reason()).contains("not a pylock.toml");
        assertThat(Given.refused("Pipfile.lock", "{}").reason()).contains("not a Pipfile.lock");
    }
}
