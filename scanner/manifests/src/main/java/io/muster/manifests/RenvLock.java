package io.muster.manifests;

import io.muster.documents.TreeNode;
import io.muster.versions.Ecosystem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// renv.lock of R: the packages of a project and where each was got. [renv, "The lockfile"]
///
/// Mirrors of CRAN go by many names, so a repository of any name counts as CRAN.
final class RenvLock {

    private static final Ecosystem BIOCONDUCTOR = Ecosystem.parse("Bioconductor");
    private static final List<String> NEEDS = List.of("Requirements", "Depends", "Imports", "LinkingTo");

    private RenvLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.json();
        Map<String, Integer> positions = new HashMap<>();
        List<Map.Entry<String, TreeNode.Mapping>> packages =
                top.required("Packages").mappings();
        for (Map.Entry<String, TreeNode.Mapping> entry : packages) {
            TreeNode.Mapping details = entry.getValue();
            String name = details.has("Package") ? details.text("Package") : entry.getKey();
            var named =
                    new ManifestBuilder.Named(name, details.text("Version"), DependencyScope.RUNTIME, details.line());
            boolean isBioconductor = details.text("Source").equals("Bioconductor");
            positions.put(name, builder.add(elsewhere(details), isBioconductor ? BIOCONDUCTOR : Ecosystem.CRAN, named));
        }
        for (Map.Entry<String, TreeNode.Mapping> entry : packages) {
            int from = positions.getOrDefault(entry.getKey(), ManifestBuilder.NOTHING);
            for (String key : NEEDS) {
                for (TreeNode.Text need : entry.getValue().listing(key).texts()) {
                    builder.needs(from, positions.getOrDefault(nameOf(need.value()), ManifestBuilder.NOTHING));
                }
            }
        }
    }

    private static Optional<SkipReason> elsewhere(TreeNode.Mapping details) {
        return switch (details.text("Source")) {
            case "GitHub", "GitLab", "Bitbucket", "Git", "git", "git2r", "xgit" -> Optional.of(SkipReason.GIT);
            case "Local" -> Optional.of(SkipReason.FOLDER);
            case "URL" -> Optional.of(SkipReason.ADDRESS);
            default -> Optional.empty();
        };
    }

    /// `rlang (>= 1.0)`
    private static String nameOf(String need) {
        int open = need.indexOf('(');
        return (open < 0 ? need : need.substring(0, open)).strip();
    }
}
