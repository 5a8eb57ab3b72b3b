package io.muster.manifests;

import io.muster.documents.Malformed;
import io.muster.documents.TreeNode;
import io.muster.documents.YamlTree;
import io.muster.versions.Ecosystem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Podfile.lock of CocoaPods: `PODS` with versions and needs, `DEPENDENCIES` as roots, `EXTERNAL SOURCES` for what is
/// not of a spec repository. [CocoaPods, `Podfile.lock`]
///
/// A part of a pod (`Pod/Part`) is a component of its own. OSV has no ecosystem for pods.
final class PodfileLock {

    static final Ecosystem COCOAPODS = Ecosystem.parse("cocoapods");

    private final Draft draft;
    private final TreeNode.Mapping external;
    private final Map<String, Integer> pods = new HashMap<>();

    private PodfileLock(Draft draft, TreeNode.Mapping external) {
        this.draft = draft;
        this.external = external;
    }

    static void read(Source source, Draft draft) {
        YamlTree.documents(source.text()).forEach(document -> read(document, draft));
    }

    private static void read(TreeNode.Mapping top, Draft draft) {
        if (!top.has("PODS") && !top.has("COCOAPODS")) {
            throw new Malformed("there is neither 'PODS' nor 'COCOAPODS': this is not a Podfile.lock", 1);
        }
        var lock = new PodfileLock(draft, top.mapping("EXTERNAL SOURCES"));
        List<TreeNode> entries = top.listing("PODS").items();
        entries.forEach(lock::add);
        entries.forEach(lock::join);
        for (TreeNode.Text wanted : top.listing("DEPENDENCIES").texts()) {
            draft.direct(lock.position(wanted.value()), DependencyScope.RUNTIME);
        }
    }

    /// A pod alone is a text, one with needs the only key of a mapping.
    private void add(TreeNode entry) {
        switch (entry) {
            case TreeNode.Text(String spec, TreeNode.Notation _, int line) -> add(spec, line);
            case TreeNode.Mapping(Map<String, TreeNode> keys, int line) ->
                keys.keySet().forEach(spec -> add(spec, line));
            case TreeNode.Listing listing ->
                draft.unreadable("line " + listing.line() + ": a list stands where a pod should");
        }
    }

    private void add(String spec, int line) {
        String name = nameOf(spec);
        int open = spec.indexOf('(');
        int close = spec.lastIndexOf(')');
        String version =
                open < 0 || close < open ? "" : spec.substring(open + 1, close).strip();
        var named = new Draft.Named(name, version, DependencyScope.RUNTIME, line);
        pods.put(name, draft.add(elsewhere(name), COCOAPODS, named));
    }

    private Optional<Skip> elsewhere(String name) {
        int slash = name.indexOf('/');
        TreeNode.Mapping from = external.mapping(slash < 0 ? name : name.substring(0, slash));
        if (from.has(":path")) {
            return Optional.of(Skip.FOLDER);
        }
        if (from.has(":podspec") || from.has(":http")) {
            return Optional.of(Skip.ADDRESS);
        }
        return from.entries().isEmpty() ? Optional.empty() : Optional.of(Skip.GIT);
    }

    private void join(TreeNode entry) {
        if (entry instanceof TreeNode.Mapping pod) {
            for (String spec : pod.entries().keySet()) {
                for (TreeNode.Text need : pod.listing(spec).texts()) {
                    draft.needs(position(spec), position(need.value()));
                }
            }
        }
    }

    private int position(String spec) {
        return pods.getOrDefault(nameOf(spec), Draft.NOTHING);
    }

    private static String nameOf(String spec) {
        int open = spec.indexOf('(');
        return (open < 0 ? spec : spec.substring(0, open)).strip();
    }
}
