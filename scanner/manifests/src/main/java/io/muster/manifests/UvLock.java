package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// uv.lock. [uv, "Lockfile"]
///
/// Packages whose source is a folder of the project (`virtual`, `editable`, `directory`) are the project and its
/// workspace; their dependencies, extras and groups are the roots.
final class UvLock {

    private final PythonLock lock;
    private final Registries registries;

    private UvLock(PythonLock lock, Registries registries) {
        this.lock = lock;
        this.registries = registries;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.toml();
        if (!top.has("package") && !top.has("requires-python")) {
            throw new MalformedDocumentException(
                    "there is neither a [[package]] nor requires-python: this is not a uv.lock", 1);
        }
        builder.format(top.text("version"), 1);
        List<String> registries = top.listing("package").mappings().stream()
                .map(entry -> entry.mapping("source"))
                .filter(from -> from.has("registry"))
                .map(from -> from.text("registry"))
                .toList();
        var reader = new UvLock(new PythonLock(builder), Registries.of(Registries.PYPI, registries));
        for (TreeNode.Mapping entry : top.listing("package").mappings()) {
            if (!isMember(entry)) {
                reader.locked(entry);
            }
        }
        reader.lock.join();
        for (TreeNode.Mapping entry : top.listing("package").mappings()) {
            if (isMember(entry)) {
                reader.member(entry);
            }
        }
        builder.spreadScopes();
    }

    private static boolean isMember(TreeNode.Mapping entry) {
        TreeNode.Mapping source = entry.mapping("source");
        return source.has("virtual") || source.has("editable") || source.has("directory");
    }

    private void locked(TreeNode.Mapping entry) {
        int component = lock.add(
                elsewhere(entry.mapping("source")),
                new ManifestBuilder.Named(
                        entry.text("name"), entry.text("version"), DependencyScope.RUNTIME, entry.line()));
        needs(component, entry.listing("dependencies"));
        for (String extra : entry.mapping("optional-dependencies").entries().keySet()) {
            needs(component, entry.mapping("optional-dependencies").listing(extra));
        }
    }

    private Optional<SkipReason> elsewhere(TreeNode.Mapping source) {
        if (source.has("git")) {
            return Optional.of(SkipReason.GIT);
        }
        if (source.has("url")) {
            return Optional.of(SkipReason.ADDRESS);
        }
        return source.has("path") ? Optional.of(SkipReason.FOLDER) : registries.origin(source.text("registry"));
    }

    private void needs(int component, TreeNode.Listing dependencies) {
        dependencies.mappings().forEach(need -> lock.needs(component, need.text("name"), need.text("version")));
    }

    private void member(TreeNode.Mapping entry) {
        ask(entry.listing("dependencies"), DependencyScope.RUNTIME);
        groups(entry.mapping("optional-dependencies"), DependencyScope.OPTIONAL);
        groups(entry.mapping("dev-dependencies"), DependencyScope.DEVELOPMENT);
    }

    private void groups(TreeNode.Mapping groups, DependencyScope scope) {
        for (Map.Entry<String, TreeNode> group : groups.entries().entrySet()) {
            ask(groups.listing(group.getKey()), scope);
        }
    }

    private void ask(TreeNode.Listing dependencies, DependencyScope scope) {
        dependencies.mappings().forEach(need -> lock.direct(need.text("name"), need.text("version"), scope));
    }
}
