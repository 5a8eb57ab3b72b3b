package io.muster.manifests;

import java.util.List;

/// The formats that are read. A new one is a constant here, its reader, and a line in [Readers].
public enum ManifestKind {
    NPM_LOCK("npm lockfile", "package-lock.json npm-shrinkwrap.json"),
    YARN_LOCK("Yarn lockfile", "yarn.lock"),
    PNPM_LOCK("pnpm lockfile", "pnpm-lock.yaml"),
    BUN_LOCK("Bun lockfile", "bun.lock bun.lockb"),
    REQUIREMENTS("pip requirements", "requirements*.txt *requirements.txt requirements/*.txt"),
    PIPFILE_LOCK("pipenv lockfile", "Pipfile.lock"),
    POETRY_LOCK("Poetry lockfile", "poetry.lock"),
    UV_LOCK("uv lockfile", "uv.lock"),
    PDM_LOCK("PDM lockfile", "pdm.lock"),
    PYLOCK("Python lockfile", "pylock.toml pylock.*.toml"),
    CARGO_LOCK("Cargo lockfile", "Cargo.lock"),
    GO_MOD("Go module", "go.mod"),
    GO_SUM("Go checksums", "go.sum"),
    GRADLE_LOCK(
            "Gradle lockfile",
            "gradle.lockfile buildscript-gradle.lockfile settings-gradle.lockfile dependency-locks/*.lockfile"),
    GRADLE_VERIFICATION("Gradle verification", "verification-metadata.xml"),
    POM("Maven project", "pom.xml *.pom"),
    COMPOSER_LOCK("Composer lockfile", "composer.lock"),
    GEMFILE_LOCK("Bundler lockfile", "Gemfile.lock gems.locked *.gemfile.lock"),
    NUGET_LOCK("NuGet lockfile", "packages.lock.json packages.*.lock.json"),
    PACKAGES_CONFIG("NuGet packages", "packages.config packages.*.config"),
    DEPS_JSON(".NET dependencies", "*.deps.json"),
    PUBSPEC_LOCK("Dart lockfile", "pubspec.lock"),
    MIX_LOCK("Mix lockfile", "mix.lock"),
    CONAN_LOCK("Conan lockfile", "conan.lock"),
    PODFILE_LOCK("CocoaPods lockfile", "Podfile.lock"),
    SWIFT_LOCK("Swift lockfile", "Package.resolved"),
    CONDA_LOCK("Conda lockfile", "conda-lock.yml conda-lock.yaml *.conda-lock.yml"),
    RENV_LOCK("renv lockfile", "renv.lock"),
    JULIA_MANIFEST("Julia manifest", "Manifest.toml JuliaManifest.toml Manifest-v*.toml JuliaManifest-v*.toml"),
    CABAL_FREEZE("Cabal lockfile", "cabal.project.freeze"),
    STACK_LOCK("Stack lockfile", "stack.yaml.lock"),
    CYCLONEDX_JSON("CycloneDX JSON", "*.cdx.json bom.json"),
    CYCLONEDX_XML("CycloneDX XML", "*.cdx.xml bom.xml"),
    SPDX_JSON("SPDX JSON", "*.spdx.json *.spdx3.json *.spdx");

    private final String title;
    private final String names;

    /// @param names file names, separated by blanks
    ManifestKind(String title, String names) {
        this.title = title;
        this.names = names;
    }

    /// What a person calls it.
    public String title() {
        return title;
    }

    /// The file names this kind goes by; one `*` in a name stands for any characters, and a `/` separates the
    /// folder that the file must lie in.
    public List<String> names() {
        return List.of(names.split(" ", -1));
    }

    /// @param path with `/` between its parts
    boolean isNamed(String path) {
        int file = path.lastIndexOf('/') + 1;
        int folder = path.lastIndexOf('/', file - 2) + 1;
        return names().stream().anyMatch(name -> matches(name, path.substring(name.indexOf('/') < 0 ? file : folder)));
    }

    private static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name);
        }
        return name.length() >= pattern.length() - 1
                && name.startsWith(pattern.substring(0, star))
                && name.endsWith(pattern.substring(star + 1));
    }
}
