package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// pdm.lock. [pdm, "Lock file specification"]
///
/// A package lists the groups that need it: `default`, extras of the project and groups for development. Which of
/// the latter two a group is, the pyproject.toml beside tells; without it the group's name has to.
final class PdmLock {

    private static final Pattern DEVELOPMENT_NAME = Pattern.compile(".*(dev|test|doc|lint|style|type|ci).*");

    private PdmLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.toml();
        if (!top.has("package") && !top.has("metadata")) {
            throw new MalformedDocumentException(
                    "there is neither a [[package]] nor [metadata]: this is not a pdm.lock", 1);
        }
        builder.format(top.mapping("metadata").text("lock_version"), 4);
        PyProject project = PyProject.beside(source);
        var lock = new PythonLock(builder);
        for (TreeNode.Mapping entry : top.listing("package").mappings()) {
            int component = lock.add(
                    elsewhere(entry),
                    new ManifestBuilder.Named(
                            entry.text("name"), entry.text("version"), scope(entry, project), entry.line()));
            for (TreeNode.Text need : entry.listing("dependencies").texts()) {
                switch (PipLine.read(need.value())) {
                    case PipLine.Wanted(String name, String version) -> lock.needs(component, name, version);
                    case PipLine.Elsewhere(SkipReason why, String name) -> lock.needs(component, name, "");
                    case PipLine.Include _, PipLine.Constraints _, PipLine.Option _, PipLine.Unnamed _ -> {}
                }
            }
        }
        lock.join();
        lock.direct(project);
    }

    private static Optional<SkipReason> elsewhere(TreeNode.Mapping entry) {
        if (entry.has("git") || entry.has("hg") || entry.has("svn") || entry.has("bzr")) {
            return Optional.of(SkipReason.GIT);
        }
        if (entry.has("path")) {
            return Optional.of(SkipReason.FOLDER);
        }
        return entry.has("url") ? Optional.of(SkipReason.ADDRESS) : Optional.empty();
    }

    private static DependencyScope scope(TreeNode.Mapping entry, PyProject project) {
        List<TreeNode.Text> groups = entry.listing("groups").texts();
        return groups.stream()
                .map(group -> scope(group.value(), project))
                .reduce(DependencyScope::or)
                .orElse(DependencyScope.RUNTIME);
    }

    private static DependencyScope scope(String group, PyProject project) {
        if (group.equals("default")) {
            return DependencyScope.RUNTIME;
        }
        boolean soundsLikeDevelopment = DEVELOPMENT_NAME.matcher(group).matches();
        return project.scopeOf(group, soundsLikeDevelopment ? DependencyScope.DEVELOPMENT : DependencyScope.OPTIONAL);
    }
}
