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

    static void read(Source source, Draft draft) {
        TreeNode.Mapping top = source.json();
        draft.format(top.text("version"), 2);
        top.required("dependencies").mappings().forEach(framework -> framework(framework.getValue(), draft));
    }

    private static void framework(TreeNode.Mapping packages, Draft draft) {
        Map<String, Integer> positions = new HashMap<>();
        for (Map.Entry<String, TreeNode.Mapping> entry : packages.mappings()) {
            TreeNode.Mapping details = entry.getValue();
            if (!isProject(details)) {
                int component = draft.add(
                        Ecosystem.NUGET,
                        entry.getKey(),
                        details.text("resolved"),
                        DependencyScope.RUNTIME,
                        details.line());
                positions.put(key(entry.getKey()), component);
                if (details.text("type").equals("Direct")) {
                    draft.direct(component, DependencyScope.RUNTIME);
                }
            }
        }
        for (Map.Entry<String, TreeNode.Mapping> entry : packages.mappings()) {
            int from = positions.getOrDefault(key(entry.getKey()), Draft.NOTHING);
            for (String wanted :
                    entry.getValue().mapping("dependencies").entries().keySet()) {
                int to = positions.getOrDefault(key(wanted), Draft.NOTHING);
                if (isProject(entry.getValue())) {
                    draft.direct(to, DependencyScope.RUNTIME);
                } else {
                    draft.needs(from, to);
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
