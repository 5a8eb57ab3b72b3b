package io.muster.manifests;

/// Which reader is for which kind.
final class Readers {

    private Readers() {}

    /// Fills a draft from a file.
    ///
    /// @throws Malformed when the file cannot be of this kind
    static void read(ManifestKind kind, Source source, Draft draft) {
        switch (kind) {
            case NPM_LOCK -> NpmLock.read(source, draft);
            case REQUIREMENTS -> Requirements.read(source, draft);
            case CARGO_LOCK -> CargoLock.read(source, draft);
            case GO_MOD -> GoMod.read(source, draft);
            case GO_SUM -> GoSum.read(source, draft);
            case CYCLONEDX_JSON -> CycloneDxJson.read(source, draft);
        }
    }
}
