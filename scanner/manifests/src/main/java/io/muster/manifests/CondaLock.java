package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import io.muster.documents.YamlTree;
import io.muster.versions.Ecosystem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// conda-lock.yml, the lockfile of conda-lock: packages of conda and of pip, once for each platform. [conda-lock,
/// "lockfile format 1"]
///
/// OSV has no ecosystem for conda's packages; those that pip installs are of PyPI.
final class CondaLock {

    static final Ecosystem CONDA = Ecosystem.parse("conda");

    private final ManifestBuilder builder;
    private final Map<String, Integer> positions = new HashMap<>();

    private CondaLock(ManifestBuilder builder) {
        this.builder = builder;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        YamlTree.documents(source.text()).forEach(document -> read(document, builder));
    }

    private static void read(TreeNode.Mapping top, ManifestBuilder builder) {
        if (!top.has("package")) {
            throw new MalformedDocumentException("'package' is missing: this is not a conda-lock.yml", 1);
        }
        builder.format(top.text("version"), 1);
        var lock = new CondaLock(builder);
        top.listing("package").mappings().forEach(lock::add);
        top.listing("package").mappings().forEach(lock::join);
    }

    private void add(TreeNode.Mapping entry) {
        boolean isPip = isPip(entry);
        var named = new ManifestBuilder.Named(entry.text("name"), entry.text("version"), scope(entry), entry.line());
        Optional<SkipReason> elsewhere =
                isPip ? PackageOrigin.of(entry.text("url")).filter(why -> why == SkipReason.GIT) : Optional.empty();
        positions.put(key(entry, entry.text("name")), builder.add(elsewhere, isPip ? Ecosystem.PYPI : CONDA, named));
    }

    private static boolean isPip(TreeNode.Mapping entry) {
        return entry.text("manager").equals("pip");
    }

    private static String key(TreeNode.Mapping entry, String name) {
        return entry.text("platform") + " " + (isPip(entry) ? PipLine.normal(name) : name);
    }

    private static DependencyScope scope(TreeNode.Mapping entry) {
        boolean isMain =
                entry.text("category").isEmpty() || entry.text("category").equals("main");
        if (!isMain) {
            return DependencyScope.DEVELOPMENT;
        }
        return entry.says("optional") ? DependencyScope.OPTIONAL : DependencyScope.RUNTIME;
    }

    private void join(TreeNode.Mapping entry) {
        int from = positions.getOrDefault(key(entry, entry.text("name")), ManifestBuilder.NOTHING);
        for (String need : entry.mapping("dependencies").entries().keySet()) {
            builder.needs(from, positions.getOrDefault(key(entry, need), ManifestBuilder.NOTHING));
        }
    }
}
