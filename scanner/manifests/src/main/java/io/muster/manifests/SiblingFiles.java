package io.muster.manifests;

import java.util.Optional;

/// The files beside a manifest, handed in as bytes: this module opens none.
///
/// Some formats spread over files: `-r` and `-c` of requirements, the parents of a pom, the package.json that
/// says which packages of a yarn.lock are asked for directly. Without them a manifest is still read, with a
/// warning where it matters.
@FunctionalInterface
public interface SiblingFiles {

    /// The bytes of a file named by a path relative to the manifest's folder, with `/` between its parts and `..`
    /// for a parent; empty when there is none or the caller does not want to show it. An edge that serves
    /// files must keep the path inside the folder it was told to look at: it comes from the manifest and may be
    /// hostile.
    Optional<byte[]> read(String path);

    /// No files beside the manifest.
    static SiblingFiles none() {
        return path -> Optional.empty();
    }
}
