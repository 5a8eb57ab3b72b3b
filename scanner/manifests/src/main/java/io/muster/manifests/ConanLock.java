package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import io.muster.versions.Ecosystem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// conan.lock, of Conan 1 (`graph_lock`, a graph of numbered nodes) and of Conan 2 (flat lists). [conan,
/// "Lockfiles"]
///
/// A reference is `name/version@user/channel#revision%timestamp`; only name and version matter here. In Conan 1
/// nodes without a place in the cache (`path`) are the project. Before lockfiles of 0.4 a node has its reference with
/// that of the binary behind it (`pref`), and needs may be the keys of an object.
final class ConanLock {

    /// Users and channels under which ConanCenter published; others are of somebody else.
    private static final Set<String> PUBLIC = Set.of("", "_/_", "_", "conan/stable");

    private ConanLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.json();
        builder.format(top.text("version"), 0);
        if (top.has("graph_lock")) {
            graph(top.mapping("graph_lock").required("nodes"), builder);
            return;
        }
        if (!top.has("version")) {
            throw new MalformedDocumentException(
                    "neither 'graph_lock' nor 'version' is there: this is not a conan.lock", 1);
        }
        flat(top.listing("requires"), DependencyScope.RUNTIME, builder);
        flat(top.listing("build_requires"), DependencyScope.DEVELOPMENT, builder);
        flat(top.listing("python_requires"), DependencyScope.DEVELOPMENT, builder);
        flat(top.listing("config_requires"), DependencyScope.DEVELOPMENT, builder);
    }

    private static void flat(TreeNode.Listing references, DependencyScope scope, ManifestBuilder builder) {
        references.texts().forEach(reference -> add(reference.value(), scope, reference.line(), builder));
    }

    private static void graph(TreeNode.Mapping nodes, ManifestBuilder builder) {
        Map<String, Integer> positions = new HashMap<>();
        for (Map.Entry<String, TreeNode.Mapping> node : nodes.mappings()) {
            TreeNode.Mapping details = node.getValue();
            DependencyScope scope =
                    details.text("context").equals("build") ? DependencyScope.DEVELOPMENT : DependencyScope.RUNTIME;
            String reference = details.has("ref") ? details.text("ref") : details.text("pref");
            boolean isProject = details.has("path") || reference.isEmpty() || reference.startsWith("conanfile.");
            positions.put(
                    node.getKey(),
                    isProject ? ManifestBuilder.NOTHING : add(reference, scope, details.line(), builder));
        }
        for (Map.Entry<String, TreeNode.Mapping> node : nodes.mappings()) {
            int from = positions.getOrDefault(node.getKey(), ManifestBuilder.NOTHING);
            join(from, needs(node.getValue(), "requires"), DependencyScope.RUNTIME, positions, builder);
            join(from, needs(node.getValue(), "build_requires"), DependencyScope.DEVELOPMENT, positions, builder);
        }
    }

    /// Numbers of nodes: a list, or the values under the references they stand for.
    private static TreeNode.Listing needs(TreeNode.Mapping node, String key) {
        TreeNode.Mapping byReference = node.mapping(key);
        return byReference.entries().isEmpty()
                ? node.listing(key)
                : new TreeNode.Listing(List.copyOf(byReference.entries().values()), byReference.line());
    }

    private static void join(
            int from,
            TreeNode.Listing needs,
            DependencyScope scope,
            Map<String, Integer> positions,
            ManifestBuilder builder) {
        for (TreeNode.Text need : needs.texts()) {
            int to = positions.getOrDefault(need.value(), ManifestBuilder.NOTHING);
            if (from == ManifestBuilder.NOTHING) {
                builder.direct(to, scope);
            } else {
                builder.needs(from, to);
            }
        }
    }

    private static int add(String reference, DependencyScope scope, int line, ManifestBuilder builder) {
        String recipe = before(before(before(reference, '%'), ':'), '#');
        String bare = before(recipe, '@');
        boolean isPublic = bare.length() == recipe.length() || PUBLIC.contains(recipe.substring(bare.length() + 1));
        int slash = bare.indexOf('/');
        if (slash <= 0) {
            builder.unreadable("line " + line + ": '" + reference + "' is not a reference and is passed over");
            return ManifestBuilder.NOTHING;
        }
        return builder.add(
                isPublic ? Optional.empty() : Optional.of(SkipReason.REGISTRY),
                Ecosystem.CONAN_CENTER,
                new ManifestBuilder.Named(bare.substring(0, slash), bare.substring(slash + 1), scope, line));
    }

    private static String before(String text, char end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }
}
