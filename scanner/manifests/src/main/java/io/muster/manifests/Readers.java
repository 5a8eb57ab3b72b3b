package io.muster.manifests;

import io.muster.documents.Malformed;

/// Which reader is for which kind.
final class Readers {

    private Readers() {}

    /// Fills a draft from a file.
    ///
    /// @throws Malformed when the file cannot be of this kind
    static void read(ManifestKind kind, Source source, Draft draft) {
        switch (kind) {
            case NPM_LOCK -> NpmLock.read(source, draft);
            case YARN_LOCK -> YarnLock.read(source, draft);
            case PNPM_LOCK -> PnpmLock.read(source, draft);
            case BUN_LOCK -> BunLock.read(source, draft);
            case REQUIREMENTS -> Requirements.read(source, draft);
            case PIPFILE_LOCK -> PipfileLock.read(source, draft);
            case POETRY_LOCK -> PoetryLock.read(source, draft);
            case UV_LOCK -> UvLock.read(source, draft);
            case PDM_LOCK -> PdmLock.read(source, draft);
            case PYLOCK -> PyLock.read(source, draft);
            case CARGO_LOCK -> CargoLock.read(source, draft);
            case GO_MOD -> GoMod.read(source, draft);
            case GO_SUM -> GoSum.read(source, draft);
            case GRADLE_LOCK -> GradleLock.read(source, draft);
            case GRADLE_VERIFICATION -> GradleVerification.read(source, draft);
            case POM -> PomReader.read(source, draft);
            case COMPOSER_LOCK -> ComposerLock.read(source, draft);
            case GEMFILE_LOCK -> GemfileLock.read(source, draft);
            case NUGET_LOCK -> NugetLock.read(source, draft);
            case PACKAGES_CONFIG -> PackagesConfig.read(source, draft);
            case DEPS_JSON -> DepsJson.read(source, draft);
            case PUBSPEC_LOCK -> PubspecLock.read(source, draft);
            case MIX_LOCK -> MixLock.read(source, draft);
            case CONAN_LOCK -> ConanLock.read(source, draft);
            case PODFILE_LOCK -> PodfileLock.read(source, draft);
            case SWIFT_LOCK -> SwiftLock.read(source, draft);
            case CONDA_LOCK -> CondaLock.read(source, draft);
            case RENV_LOCK -> RenvLock.read(source, draft);
            case JULIA_MANIFEST -> JuliaManifest.read(source, draft);
            case CABAL_FREEZE -> CabalFreeze.read(source, draft);
            case STACK_LOCK -> StackLock.read(source, draft);
            case CYCLONEDX_JSON -> CycloneDxJson.read(source, draft);
            case CYCLONEDX_XML -> CycloneDxXml.read(source, draft);
            case SPDX_JSON -> SpdxJson.read(source, draft);
        }
    }
}
