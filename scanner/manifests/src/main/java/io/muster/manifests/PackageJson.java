package io.muster.manifests;

import io.muster.documents.JsonTree;
import io.muster.documents.TreeNode;
import java.util.Set;

/// The package.json beside a lockfile, read only for the names the project asks for.
final class PackageJson {

    private static final Set<String> SKIPPED = Set.of("scripts", "config", "engines", "files", "jest", "eslintConfig");

    private PackageJson() {}

    static TreeNode.Mapping read(byte[] bytes) {
        return JsonTree.read(bytes, SKIPPED);
    }
}
