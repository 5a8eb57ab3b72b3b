package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
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

    private final ManifestBuilder builder;
    private final TreeNode.Mapping external;
    private final Map<String, Integer> pods = new HashMap<>();

    private PodfileLock(ManifestBuilder builder, TreeNode.Mapping external) {
        this.builder = builder;
        this.external = external;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        YamlTree.documents(source.text()).forEach(document -> read(document, builder));
    }

    private static void read(TreeNode.Mapping top, ManifestBuilder builder) {
        if (!top.has("PODS") && !top.has("COCOAPODS")) {
            throw new MalformedDocumentException(
                    "there is neither 'PODS' nor 'COCOAPODS': this is not a Podfile.lock", 1);
        }
        var lock = new PodfileLock(builder, top.mapping("EXTERNAL SOURCES"));
        List<TreeNode> entries = top.listing("PODS").items();
        entries.forEach(lock::add);
        entries.forEach(lock::join);
        for (TreeNode.Text wanted : top.listing("DEPENDENCIES").texts()) {
            builder.direct(lock.position(wanted.value()), DependencyScope.RUNTIME);
        }
    }

    /// A pod alone is a text, one with needs the only key of a mapping.
    private void add(TreeNode entry) {
        switch (entry) {
            case TreeNode.Text(String spec, TreeNode.Notation _, int line) -> add(spec, line);
            case TreeNode.Mapping(Map<String, TreeNode> keys, int line) ->
                keys.keySet().forEach(spec -> add(spec, line));
            case TreeNode.Listing listing ->
                builder.unreadable("line " + listing.line() + ": a list stands where a pod should");
        }
    }

    private void add(String spec, int line) {
        String name = nameOf(spec);
        int open = spec.indexOf('(');
        int close = spec.lastIndexOf(')');
        String version =
                open < 0 || close < open ? "" : spec.substring(open + 1, close).strip();
        var named = new ManifestBuilder.Named(name, version, DependencyScope.RUNTIME, line);
        pods.put(name, builder.add(elsewhere(name), COCOAPODS, named));
    }

    private Optional<SkipReason> elsewhere(String name) {
        int slash = name.indexOf('/');
        TreeNode.Mapping from = external.mapping(slash < 0 ? name : name.substring(0, slash));
        if (from.has(":path")) {
            return Optional.of(SkipReason.FOLDER);
        }
        if (from.has(":podspec") || from.has(":http")) {
            return Optional.of(SkipReason.ADDRESS);
        }
        return from.entries().isEmpty() ? Optional.empty() : Optional.of(SkipReason.GIT);
    }

    private void join(TreeNode entry) {
        if (entry instanceof TreeNode.Mapping pod) {
            for (String spec : pod.entries().keySet()) {
                for (TreeNode.Text need : pod.listing(spec).texts()) {
                    builder.needs(position(spec), position(need.value()));
                }
            }
        }
    }

    private int position(String spec) {
        return pods.getOrDefault(nameOf(spec), ManifestBuilder.NOTHING);
    }

    private static String nameOf(String spec) {
        int open = spec.indexOf('(');
        return (open < 0 ? spec : spec.substring(0, open)).strip();
    }
}
