package io.muster.manifests;

import io.muster.documents.TreeNode;
import io.muster.documents.YamlTree;
import io.muster.versions.Ecosystem;
import java.util.Map;
import java.util.Optional;

/// pubspec.lock of Dart. [dart.dev, "Pub glossary: lockfile"]
///
/// Each package says whether the project asks for it, for itself or for development, or has it through others;
/// who those are is not recorded. Parts of the SDK and packages of local folders are passed over: they have no
/// version of their own.
final class PubspecLock {

    private PubspecLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        YamlTree.documents(source.text()).forEach(document -> read(document.required("packages"), builder));
    }

    private static void read(TreeNode.Mapping packages, ManifestBuilder builder) {
        var registries = Registries.of(
                Registries.PUB,
                packages.mappings().stream()
                        .map(Map.Entry::getValue)
                        .filter(details -> details.text("source").equals("hosted"))
                        .map(PubspecLock::host)
                        .toList());
        for (Map.Entry<String, TreeNode.Mapping> entry : packages.mappings()) {
            TreeNode.Mapping details = entry.getValue();
            switch (details.text("source")) {
                case "sdk" -> {}
                case "path" -> builder.skip(SkipReason.FOLDER);
                case "git" -> locked(entry.getKey(), details, Optional.of(SkipReason.GIT), builder);
                default -> locked(entry.getKey(), details, registries.origin(host(details)), builder);
            }
        }
    }

    private static String host(TreeNode.Mapping details) {
        return details.mapping("description").text("url");
    }

    private static void locked(
            String name, TreeNode.Mapping details, Optional<SkipReason> elsewhere, ManifestBuilder builder) {
        String asked = details.text("dependency");
        DependencyScope scope = asked.equals("direct dev") ? DependencyScope.DEVELOPMENT : DependencyScope.RUNTIME;
        int component = builder.add(
                elsewhere,
                Ecosystem.PUB,
                new ManifestBuilder.Named(name, details.text("version"), scope, details.line()));
        if (asked.startsWith("direct")) {
            builder.direct(component, scope);
        }
    }
}
