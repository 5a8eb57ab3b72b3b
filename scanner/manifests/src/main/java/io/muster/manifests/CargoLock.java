package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import io.muster.versions.Ecosystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Cargo.lock, versions 1 to 4. [cargo, `core/resolver/encode`]
///
/// A package without a `source` lies in the project's own folders: it is the project, a member of its workspace
/// or a path dependency, and no registry knows it. What such packages need are the roots; the format does not
/// tell development from the rest.
final class CargoLock {

    private record Locked(int component, TreeNode.Mapping entry) {}

    private final ManifestBuilder builder;
    private final List<Locked> all = new ArrayList<>();
    /// By `name` and by `name version`, as dependencies refer to them.
    private final Map<String, Integer> positions = new HashMap<>();

    private CargoLock(ManifestBuilder builder) {
        this.builder = builder;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.toml();
        if (!top.has("package") && !top.has("version")) {
            throw new MalformedDocumentException("there is no [[package]] and no version: this is not a Cargo.lock", 1);
        }
        builder.format(top.text("version"), 4);
        var lock = new CargoLock(builder);
        lock.packages(top.listing("package").mappings());
        if (top.has("root")) {
            lock.packages(List.of(top.mapping("root"))); // lockfiles of before 2017
        }
        lock.join();
    }

    private void packages(List<TreeNode.Mapping> entries) {
        for (TreeNode.Mapping entry : entries) {
            String name = entry.text("name");
            String version = entry.text("version");
            int component = entry.has("source")
                    ? builder.add(
                            elsewhere(entry.text("source")),
                            Ecosystem.CRATES_IO,
                            new ManifestBuilder.Named(name, version, DependencyScope.RUNTIME, entry.line()))
                    : ManifestBuilder.NOTHING;
            all.add(new Locked(component, entry));
            positions.put(name, component);
            positions.put(name + " " + version, component);
        }
    }

    /// Cargo names a registry by its index also where a mirror stands in for it.
    private static Optional<SkipReason> elsewhere(String source) {
        if (source.startsWith("git+")) {
            return Optional.of(SkipReason.GIT);
        }
        if (source.startsWith("path+")) {
            return Optional.of(SkipReason.FOLDER);
        }
        boolean isPublic = source.contains("crates.io-index") || source.contains("//index.crates.io");
        boolean isRegistry = source.startsWith("registry+") || source.startsWith("sparse+");
        return isRegistry && !isPublic ? Optional.of(SkipReason.REGISTRY) : Optional.empty();
    }

    private void join() {
        for (Locked locked : all) {
            for (TreeNode.Text need : locked.entry().listing("dependencies").texts()) {
                int needed = positions.getOrDefault(key(need.value()), ManifestBuilder.NOTHING);
                if (locked.component() == ManifestBuilder.NOTHING) {
                    builder.direct(needed, DependencyScope.RUNTIME);
                } else {
                    builder.needs(locked.component(), needed);
                }
            }
        }
    }

    /// `name`, `name version` or `name version (source)`; two sources of one version count as one package.
    private static String key(String dependency) {
        int source = dependency.indexOf(" (");
        return source < 0 ? dependency : dependency.substring(0, source);
    }
}
