package io.muster.manifests;

import io.muster.documents.JsonTree;
import io.muster.documents.SourceText;
import io.muster.documents.TomlTree;
import io.muster.documents.TreeNode;
import java.util.Optional;
import java.util.Set;

/// The file under a reader's eyes, in the forms readers want it, and the files beside it.
final class ManifestSource {

    private final String fileName;
    private final byte[] bytes;
    private final SiblingFiles siblings;

    ManifestSource(String fileName, byte[] bytes, SiblingFiles siblings) {
        this.fileName = fileName;
        this.bytes = bytes;
        this.siblings = siblings;
    }

    /// The file's name without the folders before it.
    String baseName() {
        return fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    }

    byte[] bytes() {
        return bytes;
    }

    String text() {
        return SourceText.decode(bytes);
    }

    TreeNode.Mapping json() {
        return JsonTree.read(bytes);
    }

    /// @param skipped names of members that are passed over
    TreeNode.Mapping json(Set<String> skipped) {
        return JsonTree.read(bytes, skipped);
    }

    TreeNode.Mapping toml() {
        return TomlTree.read(text());
    }

    /// A file beside this one, if it is there and not too large.
    Optional<byte[]> beside(String path) {
        return siblings.read(path).filter(found -> found.length <= ManifestLimits.MANIFEST_BYTES);
    }
}
