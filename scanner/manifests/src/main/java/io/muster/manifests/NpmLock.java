package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import java.util.Map;
import java.util.Set;

/// package-lock.json and npm-shrinkwrap.json, lockfile versions 1, 2 and 3. [npm docs, "package-lock.json"]
///
/// Versions 2 and 3 hold a flat `packages` object keyed by install path; version 1 nests `dependencies` as the
/// folders nest. Both become one [NpmTree]. A version 2 file also carries the version 1 part for old tools; it is
/// not read.
final class NpmLock {

    private static final Set<String> SKIPPED = Set.of("integrity", "engines", "funding", "bin", "license", "cpu", "os");

    private NpmLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.json(SKIPPED);
        builder.format(top.text("lockfileVersion"), 3);
        var tree = new NpmTree(builder);
        if (top.has("packages")) {
            top.required("packages").mappings().forEach(entry -> installed(tree, entry.getKey(), entry.getValue()));
        } else if (top.has("dependencies")) {
            nested(tree, "", top.required("dependencies"));
            source.beside("package.json").map(PackageJson::read).ifPresent(tree::project);
        } else if (!top.has("lockfileVersion")) {
            throw new MalformedDocumentException(
                    "neither 'packages' nor 'dependencies' is there: this is not an npm lockfile", 1);
        }
        tree.join();
    }

    private static void installed(NpmTree tree, String path, TreeNode.Mapping entry) {
        boolean isInstalled = path.startsWith("node_modules/") || path.contains("/node_modules/");
        if (entry.says("link")) {
            tree.link(path, entry.text("resolved"));
            return;
        }
        if (!isInstalled) {
            tree.member(path, entry);
            return;
        }
        String folder = path.substring(path.lastIndexOf("node_modules/") + "node_modules/".length());
        String name = entry.has("name") ? entry.text("name") : folder;
        PackageOrigin.ofNpm(entry.text("resolved"))
                .ifPresentOrElse(
                        why -> tree.installElsewhere(why, path, name, scope(entry), entry.line()),
                        () -> tree.install(path, name, entry.text("version"), scope(entry), entry.line()));
        tree.needs(path, entry.mapping("dependencies"));
        tree.needs(path, entry.mapping("optionalDependencies"));
        tree.needs(path, entry.mapping("peerDependencies"));
    }

    private static void nested(NpmTree tree, String parent, TreeNode.Mapping dependencies) {
        for (Map.Entry<String, TreeNode.Mapping> dependency : dependencies.mappings()) {
            TreeNode.Mapping entry = dependency.getValue();
            String path = parent + "node_modules/" + dependency.getKey();
            var wanted = NpmSpec.of(dependency.getKey(), entry.text("version"));
            PackageOrigin.ofNpmRange(entry.text("version"))
                    .or(() -> PackageOrigin.ofNpm(entry.text("resolved")))
                    .ifPresentOrElse(
                            why -> tree.installElsewhere(why, path, wanted.name(), scope(entry), entry.line()),
                            () -> tree.install(path, wanted.name(), wanted.version(), scope(entry), entry.line()));
            tree.needs(path, entry.mapping("requires"));
            nested(tree, path + "/", entry.mapping("dependencies"));
        }
    }

    private static DependencyScope scope(TreeNode.Mapping entry) {
        if (entry.says("dev") || entry.says("devOptional")) {
            return DependencyScope.DEVELOPMENT;
        }
        return entry.says("optional") ? DependencyScope.OPTIONAL : DependencyScope.RUNTIME;
    }
}
