package io.muster.manifests;

import io.muster.documents.TreeNode;
import io.muster.versions.Ecosystem;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// packages.lock.json of NuGet: the packages of each target framework. [NuGet, "Locking dependencies"]
///
/// Entries of type `Project` are other projects of the same build; what they need are roots, as is what is
/// `Direct`.
final class NugetLock {

    private NugetLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.json();
        builder.format(top.text("version"), 2);
        top.required("dependencies").mappings().forEach(framework -> framework(framework.getValue(), builder));
    }

    private static void framework(TreeNode.Mapping packages, ManifestBuilder builder) {
        Map<String, Integer> positions = new HashMap<>();
        for (Map.Entry<String, TreeNode.Mapping> entry : packages.mappings()) {
            TreeNode.Mapping details = entry.getValue();
            if (!isProject(details)) {
                int component = builder.add(
                        Ecosystem.NUGET,
                        entry.getKey(),
                        details.text("resolved"),
                        DependencyScope.RUNTIME,
                        details.line());
                positions.put(key(entry.getKey()), component);
                if (details.text("type").equals("Direct")) {
                    builder.direct(component, DependencyScope.RUNTIME);
                }
            }
        }
        for (Map.Entry<String, TreeNode.Mapping> entry : packages.mappings()) {
            int from = positions.getOrDefault(key(entry.getKey()), ManifestBuilder.NOTHING);
            for (String wanted :
                    entry.getValue().mapping("dependencies").entries().keySet()) {
                int to = positions.getOrDefault(key(wanted), ManifestBuilder.NOTHING);
                if (isProject(entry.getValue())) {
                    builder.direct(to, DependencyScope.RUNTIME);
                } else {
                    builder.needs(from, to);
                }
            }
        }
    }

    private static boolean isProject(TreeNode.Mapping details) {
        return details.text("type").equals("Project");
    }

    /// NuGet compares names without case.
    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
