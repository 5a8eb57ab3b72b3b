package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import java.util.Map;

/// bun.lock, the text lockfile of Bun. [bun, "Lockfile"]
///
/// JSON with trailing commas. `packages` is keyed by names joined with `/`, as the folders nest, so that
/// `express/qs` is the qs that only express sees; each value is an array that begins with `name@version`. The
/// older bun.lockb is binary and not read; without a bun.lock beside it, it is refused and not passed over.
final class BunLock {

    private BunLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        if (source.baseName().equals("bun.lockb")) {
            if (source.beside("bun.lock").isPresent()) {
                return;
            }
            throw new MalformedDocumentException(
                    "bun.lockb is binary and not read: 'bun install --save-text-lockfile' writes the bun.lock that is",
                    0);
        }
        TreeNode.Mapping top = source.json();
        if (!top.has("lockfileVersion")) {
            throw new MalformedDocumentException("'lockfileVersion' is missing: this is not a bun.lock", 1);
        }
        builder.format(top.text("lockfileVersion"), 3);
        var tree = new NpmTree(builder);
        TreeNode.Mapping packages = top.mapping("packages");
        for (String key : packages.entries().keySet()) {
            installed(tree, folders(key), packages.listing(key));
        }
        for (Map.Entry<String, TreeNode.Mapping> workspace :
                top.mapping("workspaces").mappings()) {
            String name = workspace.getValue().text("name");
            boolean isRoot = workspace.getKey().isEmpty() || name.isEmpty();
            tree.member(isRoot ? "" : folders(name), workspace.getValue());
        }
        tree.join();
        builder.spreadScopes();
    }

    private static void installed(NpmTree tree, String path, TreeNode.Listing tuple) {
        var resolved = NpmSpec.ofDescriptor(tuple.text(0));
        if (tuple.text(0).contains("@workspace:") || tuple.text(0).endsWith("@root:")) {
            tree.link(path, "");
            return;
        }
        PackageOrigin.ofNpmRange(NpmSpec.rangeOf(tuple.text(0)))
                .ifPresentOrElse(
                        why -> tree.installElsewhere(why, path, resolved.name(), DependencyScope.RUNTIME, tuple.line()),
                        () -> tree.install(
                                path, resolved.name(), resolved.version(), DependencyScope.RUNTIME, tuple.line()));
        for (TreeNode.Mapping details : tuple.mappings()) {
            tree.needs(path, details.mapping("dependencies"));
            tree.needs(path, details.mapping("optionalDependencies"));
            tree.needs(path, details.mapping("peerDependencies"));
        }
    }

    /// `a/@s/b/c` as the install path `node_modules/a/node_modules/@s/b/node_modules/c`.
    private static String folders(String key) {
        var path = new StringBuilder();
        boolean isInScope = false;
        for (String part : key.split("/", -1)) {
            if (!isInScope) {
                path.append(path.isEmpty() ? "" : "/").append("node_modules");
            }
            path.append('/').append(part);
            isInScope = part.startsWith("@");
        }
        return path.toString();
    }
}
