package io.muster.manifests;

import io.muster.documents.JsonTree;
import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import io.muster.versions.Ecosystem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// composer.lock. [Composer, "The lock file"]
///
/// A requirement may be met by a package that says it provides or replaces the wanted one. Requirements on the
/// platform (`php`, `ext-json`) are not packages. The composer.json beside tells the roots.
final class ComposerLock {

    private static final Set<String> SKIPPED = Set.of(
            "source",
            "autoload",
            "autoload-dev",
            "license",
            "authors",
            "description",
            "keywords",
            "support",
            "funding",
            "extra",
            "suggest",
            "conflict",
            "homepage",
            "bin");

    /// What Composer notes of a package that a registry has, for counting downloads. Forks from a repository lack it.
    private static final String NOTIFIED = "notification-url";

    private final ManifestBuilder builder;
    private final Map<String, Integer> positions = new HashMap<>();

    private boolean saysRegistry;

    private ComposerLock(ManifestBuilder builder) {
        this.builder = builder;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.json(SKIPPED);
        if (!top.has("packages") && !top.has("packages-dev")) {
            throw new MalformedDocumentException(
                    "neither 'packages' nor 'packages-dev' is there: this is not a composer.lock", 1);
        }
        var lock = new ComposerLock(builder);
        lock.lookForRegistry(top.listing("packages"));
        lock.lookForRegistry(top.listing("packages-dev"));
        lock.packages(top.listing("packages"), DependencyScope.RUNTIME);
        lock.packages(top.listing("packages-dev"), DependencyScope.DEVELOPMENT);
        lock.join(top.listing("packages"));
        lock.join(top.listing("packages-dev"));
        source.beside("composer.json")
                .map(bytes -> JsonTree.read(bytes, SKIPPED))
                .ifPresent(project -> {
                    lock.ask(project.mapping("require"), DependencyScope.RUNTIME);
                    lock.ask(project.mapping("require-dev"), DependencyScope.DEVELOPMENT);
                });
    }

    private void lookForRegistry(TreeNode.Listing packages) {
        saysRegistry |= packages.mappings().stream().anyMatch(entry -> entry.has(NOTIFIED));
    }

    private Optional<SkipReason> elsewhere(TreeNode.Mapping entry) {
        if (entry.mapping("dist").text("type").equals("path")) {
            return Optional.of(SkipReason.FOLDER);
        }
        return saysRegistry && !entry.has(NOTIFIED) ? Optional.of(SkipReason.GIT) : Optional.empty();
    }

    private void packages(TreeNode.Listing packages, DependencyScope scope) {
        for (TreeNode.Mapping entry : packages.mappings()) {
            String name = entry.text("name");
            int component = builder.add(
                    elsewhere(entry),
                    Ecosystem.PACKAGIST,
                    new ManifestBuilder.Named(name, entry.text("version"), scope, entry.line()));
            positions.put(name, component);
            entry.mapping("provide").entries().keySet().forEach(other -> positions.putIfAbsent(other, component));
            entry.mapping("replace").entries().keySet().forEach(other -> positions.putIfAbsent(other, component));
        }
    }

    private void join(TreeNode.Listing packages) {
        for (TreeNode.Mapping entry : packages.mappings()) {
            int from = positions.getOrDefault(entry.text("name"), ManifestBuilder.NOTHING);
            for (String wanted : entry.mapping("require").entries().keySet()) {
                builder.needs(from, positions.getOrDefault(wanted, ManifestBuilder.NOTHING));
            }
        }
    }

    private void ask(TreeNode.Mapping names, DependencyScope scope) {
        for (String wanted : names.entries().keySet()) {
            builder.direct(positions.getOrDefault(wanted, ManifestBuilder.NOTHING), scope);
        }
    }
}
