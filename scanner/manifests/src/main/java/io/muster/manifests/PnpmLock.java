package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import io.muster.documents.YamlTree;
import io.muster.versions.Ecosystem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// pnpm-lock.yaml, lockfile versions 5 to 9. [pnpm, `lockfile-types` and `dependency-path`]
///
/// Packages are keyed by name and version in the style of their time: `/name/1.0.0_peer@2.0.0` in 5,
/// `/name@1.0.0(peer@2.0.0)` in 6, the same without the slash in 9, where `snapshots` hold the dependencies and
/// `packages` the rest. Copies that differ only in the peers they were resolved with are one component.
final class PnpmLock {

    private final ManifestBuilder builder;
    private final Map<String, Integer> positions = new HashMap<>();
    private final boolean hasSnapshots;

    private PnpmLock(ManifestBuilder builder, boolean hasSnapshots) {
        this.builder = builder;
        this.hasSnapshots = hasSnapshots;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        YamlTree.documents(source.text()).forEach(document -> read(document, builder));
    }

    /// pnpm 11 writes what it needs itself into a document before that of the project.
    private static void read(TreeNode.Mapping top, ManifestBuilder builder) {
        if (!top.has("lockfileVersion")) {
            throw new MalformedDocumentException("'lockfileVersion' is missing: this is not a pnpm lockfile", 1);
        }
        builder.format(top.text("lockfileVersion"), 9);
        var lock = new PnpmLock(builder, top.has("snapshots"));
        top.mapping("packages").mappings().forEach(entry -> lock.add(entry.getKey(), entry.getValue()));
        TreeNode.Mapping copies = top.mapping(lock.hasSnapshots ? "snapshots" : "packages");
        if (lock.hasSnapshots) {
            copies.mappings().forEach(copy -> lock.addCopy(copy.getKey(), copy.getValue()));
        }
        copies.mappings().forEach(copy -> lock.join(copy.getKey(), copy.getValue()));
        if (top.has("importers")) {
            top.mapping("importers").mappings().forEach(importer -> lock.importer(importer.getValue()));
        } else {
            lock.importer(top);
        }
        if (lock.hasSnapshots) {
            builder.spreadScopes();
            copies.mappings().forEach(copy -> lock.optional(copy.getKey(), copy.getValue()));
        }
    }

    private void add(String key, TreeNode.Mapping entry) {
        var named = PnpmKey.of(key);
        String name = entry.has("name") ? entry.text("name") : named.name();
        String version = entry.has("version") ? entry.text("version") : named.version();
        if (name.startsWith("file:")) {
            builder.skip(SkipReason.FOLDER); // the key is a path, and nothing says what lies there
            return;
        }
        positions.put(
                PnpmKey.bare(key),
                builder.add(
                        elsewhere(key, entry.mapping("resolution")),
                        Ecosystem.NPM,
                        new ManifestBuilder.Named(name, version, scope(entry), entry.line())));
    }

    private static Optional<SkipReason> elsewhere(String key, TreeNode.Mapping resolution) {
        return switch (resolution.text("type")) {
            case "git" -> Optional.of(SkipReason.GIT);
            case "directory" -> Optional.of(SkipReason.FOLDER);
            case "variations", "binary" ->
                Optional.of(SkipReason.ADDRESS); // a runtime such as Node.js itself, of its makers
            default ->
                PackageOrigin.ofNpm(resolution.text("tarball"))
                        .or(() -> PackageOrigin.of(NpmSpec.rangeOf(PnpmKey.withoutPeers(PnpmKey.bare(key)))))
                        .or(() -> PnpmKey.bare(key).startsWith("file:")
                                ? Optional.of(SkipReason.FOLDER)
                                : Optional.empty());
        };
    }

    /// A snapshot stands for the package whose key it extends by peers.
    private void addCopy(String key, TreeNode.Mapping entry) {
        String packageKey = PnpmKey.withoutPeers(PnpmKey.bare(key));
        if (positions.containsKey(packageKey)) {
            positions.put(PnpmKey.bare(key), positions.get(packageKey));
        } else {
            add(key, entry);
        }
    }

    private static DependencyScope scope(TreeNode.Mapping entry) {
        if (entry.says("dev")) {
            return DependencyScope.DEVELOPMENT;
        }
        return entry.says("optional") ? DependencyScope.OPTIONAL : DependencyScope.RUNTIME;
    }

    private void join(String key, TreeNode.Mapping entry) {
        int from = positions.getOrDefault(PnpmKey.bare(key), ManifestBuilder.NOTHING);
        needs(from, entry.mapping("dependencies"));
        needs(from, entry.mapping("optionalDependencies"));
    }

    private void needs(int from, TreeNode.Mapping dependencies) {
        dependencies.entries().keySet().forEach(name -> builder.needs(from, position(name, dependencies.text(name))));
    }

    private void importer(TreeNode.Mapping importer) {
        ask(importer.mapping("dependencies"), DependencyScope.RUNTIME);
        ask(importer.mapping("optionalDependencies"), DependencyScope.OPTIONAL);
        ask(importer.mapping("devDependencies"), DependencyScope.DEVELOPMENT);
        ask(importer.mapping("configDependencies"), DependencyScope.DEVELOPMENT);
        ask(importer.mapping("packageManagerDependencies"), DependencyScope.DEVELOPMENT);
    }

    private void ask(TreeNode.Mapping dependencies, DependencyScope scope) {
        for (String name : dependencies.entries().keySet()) {
            TreeNode.Mapping detailed = dependencies.mapping(name);
            String reference = detailed.has("version") ? detailed.text("version") : dependencies.text(name);
            builder.direct(position(name, reference), scope);
        }
    }

    /// A reference is the rest of a key after the name, or a whole key when the name is an alias.
    private int position(String name, String reference) {
        Integer found = positions.get(name + "@" + reference);
        if (found == null) {
            found = positions.get(name + "/" + reference);
        }
        return found == null ? positions.getOrDefault(PnpmKey.bare(reference), ManifestBuilder.NOTHING) : found;
    }

    private void optional(String key, TreeNode.Mapping copy) {
        int component = positions.getOrDefault(PnpmKey.bare(key), ManifestBuilder.NOTHING);
        if (copy.says("optional")
                && component != ManifestBuilder.NOTHING
                && builder.component(component).scope() == DependencyScope.RUNTIME) {
            builder.scope(component, DependencyScope.OPTIONAL);
        }
    }
}
