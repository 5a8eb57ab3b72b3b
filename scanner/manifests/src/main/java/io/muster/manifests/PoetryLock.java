package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import java.util.List;
import java.util.Optional;

/// poetry.lock, versions 1.0 to 2.1.
///
/// Before Poetry 1.5 a package has a `category`, since 2.0 its `groups`; in between the file does not say what is
/// for development, and it comes from the pyproject.toml beside it, as the roots always do.
final class PoetryLock {

    private PoetryLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.toml();
        if (!top.has("package") && !top.has("metadata")) {
            throw new MalformedDocumentException(
                    "there is neither a [[package]] nor [metadata]: this is not a poetry.lock", 1);
        }
        builder.format(top.mapping("metadata").text("lock-version"), 2);
        var lock = new PythonLock(builder);
        boolean saysScope = false;
        var registries = Registries.of(
                Registries.PYPI,
                top.listing("package").mappings().stream()
                        .map(entry -> entry.mapping("source"))
                        .filter(from ->
                                from.entries().isEmpty() || from.text("type").equals("legacy"))
                        .map(from -> from.text("url"))
                        .toList());
        for (TreeNode.Mapping entry : top.listing("package").mappings()) {
            saysScope |= entry.has("category") || entry.has("groups");
            int component = lock.add(
                    elsewhere(entry.mapping("source"), registries),
                    new ManifestBuilder.Named(entry.text("name"), entry.text("version"), scope(entry), entry.line()));
            entry.mapping("dependencies").entries().keySet().forEach(name -> lock.needs(component, name, ""));
        }
        lock.join();
        lock.direct(PyProject.beside(source));
        if (!saysScope) {
            builder.spreadScopes();
        }
    }

    private static Optional<SkipReason> elsewhere(TreeNode.Mapping source, Registries registries) {
        return switch (source.text("type")) {
            case "git" -> Optional.of(SkipReason.GIT);
            case "directory", "file" -> Optional.of(SkipReason.FOLDER);
            case "url" -> Optional.of(SkipReason.ADDRESS);
            default -> registries.origin(source.text("url"));
        };
    }

    private static DependencyScope scope(TreeNode.Mapping entry) {
        List<String> groups = entry.listing("groups").texts().stream()
                .map(TreeNode.Text::value)
                .toList();
        boolean isDevelopment = entry.has("groups")
                ? !groups.contains("main")
                : entry.has("category") && !entry.text("category").equals("main");
        if (isDevelopment) {
            return DependencyScope.DEVELOPMENT;
        }
        return entry.says("optional") ? DependencyScope.OPTIONAL : DependencyScope.RUNTIME;
    }
}
