package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.SourceText;
import io.muster.documents.TomlTree;
import io.muster.documents.TreeNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Pipfile.lock of pipenv: `default`, `develop` and the project's own categories of packages, flat; the Pipfile
/// beside it says which are asked for.
final class PipfileLock {

    private PipfileLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.json();
        if (!top.has("_meta") && !top.has("default")) {
            throw new MalformedDocumentException(
                    "neither '_meta' nor 'default' is there: this is not a Pipfile.lock", 1);
        }
        builder.format(top.mapping("_meta").text("pipfile-spec"), 6);
        var lock = new PythonLock(builder);
        Map<String, String> sources = new HashMap<>();
        top.mapping("_meta")
                .listing("sources")
                .mappings()
                .forEach(one -> sources.put(one.text("name"), one.text("url")));
        var registries = Registries.of(Registries.PYPI, sources.values());
        for (Map.Entry<String, TreeNode.Mapping> category : top.mappings()) {
            if (!category.getKey().equals("_meta")) {
                section(
                        lock,
                        category.getValue(),
                        scope(category.getKey()),
                        name -> registries.origin(sources.getOrDefault(name, "")));
            }
        }
        source.beside("Pipfile")
                .map(bytes -> TomlTree.read(SourceText.decode(bytes)))
                .ifPresent(pipfile -> {
                    ask(lock, pipfile.mapping("packages"), DependencyScope.RUNTIME);
                    ask(lock, pipfile.mapping("dev-packages"), DependencyScope.DEVELOPMENT);
                });
    }

    private static void section(
            PythonLock lock,
            TreeNode.Mapping packages,
            DependencyScope scope,
            Function<String, Optional<SkipReason>> ofIndex) {
        for (Map.Entry<String, TreeNode.Mapping> entry : packages.mappings()) {
            String version = PipLine.pinned(entry.getValue().text("version"));
            lock.add(
                    elsewhere(entry.getValue())
                            .or(() -> ofIndex.apply(entry.getValue().text("index"))),
                    new ManifestBuilder.Named(
                            entry.getKey(), version, scope, entry.getValue().line()));
        }
    }

    /// Further categories are the project's own; what they are for the file does not say.
    private static DependencyScope scope(String category) {
        return category.equals("develop") ? DependencyScope.DEVELOPMENT : DependencyScope.RUNTIME;
    }

    private static Optional<SkipReason> elsewhere(TreeNode.Mapping entry) {
        if (entry.has("git") || entry.has("hg") || entry.has("svn") || entry.has("bzr")) {
            return Optional.of(SkipReason.GIT);
        }
        if (entry.has("path")) {
            return Optional.of(SkipReason.FOLDER);
        }
        return entry.has("file") ? Optional.of(SkipReason.ADDRESS) : Optional.empty();
    }

    private static void ask(PythonLock lock, TreeNode.Mapping names, DependencyScope scope) {
        names.entries().keySet().forEach(name -> lock.direct(name, "", scope));
    }
}
