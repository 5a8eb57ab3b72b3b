package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;

/// Which reader is for which kind.
final class Readers {

    private Readers() {}

    /// Fills a builder from a file.
    ///
    /// @throws MalformedDocumentException when the file cannot be of this kind
    static void read(ManifestKind kind, ManifestSource source, ManifestBuilder builder) {
        switch (kind) {
            case NPM_LOCK -> NpmLock.read(source, builder);
            case YARN_LOCK -> YarnLock.read(source, builder);
            case PNPM_LOCK -> PnpmLock.read(source, builder);
            case BUN_LOCK -> BunLock.read(source, builder);
            case REQUIREMENTS -> Requirements.read(source, builder);
            case PIPFILE_LOCK -> PipfileLock.read(source, builder);
            case POETRY_LOCK -> PoetryLock.read(source, builder);
            case UV_LOCK -> UvLock.read(source, builder);
            case PDM_LOCK -> PdmLock.read(source, builder);
            case PYLOCK -> PyLock.read(source, builder);
            case CARGO_LOCK -> CargoLock.read(source, builder);
            case GO_MOD -> GoMod.read(source, builder);
            case GO_SUM -> GoSum.read(source, builder);
            case GRADLE_LOCK -> GradleLock.read(source, builder);
            case GRADLE_VERIFICATION -> GradleVerification.read(source, builder);
            case POM -> PomReader.read(source, builder);
            case COMPOSER_LOCK -> ComposerLock.read(source, builder);
            case GEMFILE_LOCK -> GemfileLock.read(source, builder);
            case NUGET_LOCK -> NugetLock.read(source, builder);
            case PACKAGES_CONFIG -> PackagesConfig.read(source, builder);
            case DEPS_JSON -> DepsJson.read(source, builder);
            case PUBSPEC_LOCK -> PubspecLock.read(source, builder);
            case MIX_LOCK -> MixLock.read(source, builder);
            case CONAN_LOCK -> ConanLock.read(source, builder);
            case PODFILE_LOCK -> PodfileLock.read(source, builder);
            case SWIFT_LOCK -> SwiftLock.read(source, builder);
            case CONDA_LOCK -> CondaLock.read(source, builder);
            case RENV_LOCK -> RenvLock.read(source, builder);
            case JULIA_MANIFEST -> JuliaManifest.read(source, builder);
            case CABAL_FREEZE -> CabalFreeze.read(source, builder);
            case STACK_LOCK -> StackLock.read(source, builder);
            case CYCLONEDX_JSON -> CycloneDxJson.read(source, builder);
            case CYCLONEDX_XML -> CycloneDxXml.read(source, builder);
            case SPDX_JSON -> SpdxJson.read(source, builder);
        }
    }
}
