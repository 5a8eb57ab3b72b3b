package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import java.util.Optional;

/// pylock.toml, the lockfile that Python's installers agreed on. [PEP 751]
///
/// A marker that asks for a dependency group or an extra tells a package that is not always installed.
final class PyLock {

    private PyLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.toml();
        if (!top.has("lock-version")) {
            throw new MalformedDocumentException("'lock-version' is missing: this is not a pylock.toml", 1);
        }
        builder.format(top.text("lock-version"), 1);
        var lock = new PythonLock(builder);
        var registries = Registries.of(
                Registries.PYPI,
                top.listing("packages").mappings().stream()
                        .filter(entry -> origin(entry).isEmpty() && !entry.has("directory"))
                        .map(entry -> entry.text("index"))
                        .toList());
        for (TreeNode.Mapping entry : top.listing("packages").mappings()) {
            if (!entry.has("directory")) {
                int component = lock.add(
                        origin(entry).or(() -> registries.origin(entry.text("index"))),
                        new ManifestBuilder.Named(
                                entry.text("name"), entry.text("version"), scope(entry), entry.line()));
                entry.listing("dependencies")
                        .mappings()
                        .forEach(need -> lock.needs(component, need.text("name"), need.text("version")));
            }
        }
        lock.join();
        lock.direct(PyProject.beside(source));
    }

    private static Optional<SkipReason> origin(TreeNode.Mapping entry) {
        if (entry.has("vcs")) {
            return Optional.of(SkipReason.GIT);
        }
        if (!entry.has("archive")) {
            return Optional.empty();
        }
        return Optional.of(entry.mapping("archive").has("path") ? SkipReason.FOLDER : SkipReason.ADDRESS);
    }

    private static DependencyScope scope(TreeNode.Mapping entry) {
        String marker = entry.text("marker");
        if (marker.contains("dependency_groups")) {
            return DependencyScope.DEVELOPMENT;
        }
        return marker.contains("extras") ? DependencyScope.OPTIONAL : DependencyScope.RUNTIME;
    }
}
