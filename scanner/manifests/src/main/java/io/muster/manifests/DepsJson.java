package io.muster.manifests;

import io.muster.documents.TreeNode;
import io.muster.versions.Ecosystem;
import java.util.HashMap;
import java.util.Map;

/// `*.deps.json`, which .NET puts beside a program: what it was built with. [dotnet,
/// "runtime-configuration-file"]
///
/// `libraries` are the packages by `name/version`, `targets` who needs whom. Libraries of type `project` are the
/// program itself and its own parts.
final class DepsJson {

    private static final String RUNTIME_PACK = "runtimepack.";

    private DepsJson() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.json();
        Map<String, Integer> positions = new HashMap<>();
        for (Map.Entry<String, TreeNode.Mapping> library :
                top.required("libraries").mappings()) {
            int slash = library.getKey().lastIndexOf('/');
            String type = library.getValue().text("type");
            boolean isPackage = type.equals("package") || type.equals("runtimepack");
            if (isPackage && slash > 0) {
                String name = packageOf(library.getKey().substring(0, slash));
                String version = library.getKey().substring(slash + 1);
                positions.put(
                        library.getKey(),
                        builder.add(
                                Ecosystem.NUGET,
                                name,
                                version,
                                DependencyScope.RUNTIME,
                                library.getValue().line()));
            }
        }
        top.mapping("targets").mappings().forEach(target -> join(target.getValue(), positions, builder));
    }

    /// The runtime that was packed with a program is a package too, under a prefix.
    private static String packageOf(String name) {
        return name.startsWith(RUNTIME_PACK) ? name.substring(RUNTIME_PACK.length()) : name;
    }

    private static void join(TreeNode.Mapping target, Map<String, Integer> positions, ManifestBuilder builder) {
        for (Map.Entry<String, TreeNode.Mapping> library : target.mappings()) {
            Integer from = positions.get(library.getKey());
            TreeNode.Mapping needs = library.getValue().mapping("dependencies");
            for (String name : needs.entries().keySet()) {
                int to = positions.getOrDefault(name + "/" + needs.text(name), ManifestBuilder.NOTHING);
                if (from == null) {
                    builder.direct(to, DependencyScope.RUNTIME);
                } else {
                    builder.needs(from, to);
                }
            }
        }
    }
}
