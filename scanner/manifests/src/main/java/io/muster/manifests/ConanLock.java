package io.muster.manifests;

import io.muster.documents.Malformed;
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

    static void read(Source source, Draft draft) {
        TreeNode.Mapping top = source.json();
        draft.format(top.text("version"), 0);
        if (top.has("graph_lock")) {
            graph(top.mapping("graph_lock").required("nodes"), draft);
            return;
        }
        if (!top.has("version")) {
            throw new Malformed("neither 'graph_lock' nor 'version' is there: this is not a conan.lock", 1);
        }
        flat(top.listing("requires"), DependencyScope.RUNTIME, draft);
        flat(top.listing("build_requires"), DependencyScope.DEVELOPMENT, draft);
        flat(top.listing("python_requires"), DependencyScope.DEVELOPMENT, draft);
        flat(top.listing("config_requires"), DependencyScope.DEVELOPMENT, draft);
    }

    private static void flat(TreeNode.Listing references, DependencyScope scope, Draft draft) {
        references.texts().forEach(reference -> add(reference.value(), scope, reference.line(), draft));
    }

    private static void graph(TreeNode.Mapping nodes, Draft draft) {
        Map<String, Integer> positions = new HashMap<>();
        for (Map.Entry<String, TreeNode.Mapping> node : nodes.mappings()) {
            TreeNode.Mapping details = node.getValue();
            DependencyScope scope =
                    details.text("context").equals("build") ? DependencyScope.DEVELOPMENT : DependencyScope.RUNTIME;
            String reference = details.has("ref") ? details.text("ref") : details.text("pref");
            boolean isProject = details.has("path") || reference.isEmpty() || reference.startsWith("conanfile.");
            positions.put(node.getKey(), isProject ? Draft.NOTHING : add(reference, scope, details.line(), draft));
        }
        for (Map.Entry<String, TreeNode.Mapping> node : nodes.mappings()) {
            int from = positions.getOrDefault(node.getKey(), Draft.NOTHING);
            join(from, needs(node.getValue(), "requires"), DependencyScope.RUNTIME, positions, draft);
            join(from, needs(node.getValue(), "build_requires"), DependencyScope.DEVELOPMENT, positions, draft);
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
            int from, TreeNode.Listing needs, DependencyScope scope, Map<String, Integer> positions, Draft draft) {
        for (TreeNode.Text need : needs.texts()) {
            int to = positions.getOrDefault(need.value(), Draft.NOTHING);
            if (from == Draft.NOTHING) {
                draft.direct(to, scope);
            } else {
                draft.needs(from, to);
            }
        }
    }

    private static int add(String reference, DependencyScope scope, int line, Draft draft) {
        String recipe = before(before(before(reference, '%'), ':'), '#');
        String bare = before(recipe, '@');
        boolean isPublic = bare.length() == recipe.length() || PUBLIC.contains(recipe.substring(bare.length() + 1));
        int slash = bare.indexOf('/');
        if (slash <= 0) {
            draft.unreadable("line " + line + ": '" + reference + "' is not a reference and is passed over");
            return Draft.NOTHING;
        }
        return draft.add(
                isPublic ? Optional.empty() : Optional.of(Skip.REGISTRY),
                Ecosystem.CONAN_CENTER,
                new Draft.Named(bare.substring(0, slash), bare.substring(slash + 1), scope, line));
    }

    private static String before(String text, char end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }
}
