package io.muster.manifests;

import io.muster.documents.SourceText;
import io.muster.documents.TomlTree;
import io.muster.documents.TreeNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a pyproject.toml asks for directly, by normal name, for the Python lockfiles that do not say it.
///
/// Reads the standard tables (`project`, `dependency-groups`) and those of Poetry and PDM. [PEP 621, PEP 735]
record PyProject(Map<String, DependencyScope> wanted, Map<String, DependencyScope> groups) {

    static final PyProject ABSENT = new PyProject(Map.of(), Map.of());

    static PyProject beside(ManifestSource source) {
        return source.beside("pyproject.toml")
                .map(bytes -> of(TomlTree.read(SourceText.decode(bytes))))
                .orElse(ABSENT);
    }

    private static PyProject of(TreeNode.Mapping top) {
        var project = new PyProject(new LinkedHashMap<>(), new LinkedHashMap<>());
        TreeNode.Mapping standard = top.mapping("project");
        project.list(standard.listing("dependencies"), DependencyScope.RUNTIME);
        project.groups(standard.mapping("optional-dependencies"), DependencyScope.OPTIONAL);
        project.groups(top.mapping("dependency-groups"), DependencyScope.DEVELOPMENT);
        TreeNode.Mapping tool = top.mapping("tool");
        project.groups(tool.mapping("pdm").mapping("dev-dependencies"), DependencyScope.DEVELOPMENT);
        TreeNode.Mapping poetry = tool.mapping("poetry");
        project.table(poetry.mapping("dependencies"), DependencyScope.RUNTIME);
        project.table(poetry.mapping("dev-dependencies"), DependencyScope.DEVELOPMENT);
        for (Map.Entry<String, TreeNode.Mapping> group : poetry.mapping("group").mappings()) {
            project.table(group.getValue().mapping("dependencies"), scopeOfGroup(group.getKey()));
        }
        return project;
    }

    private static DependencyScope scopeOfGroup(String poetryGroup) {
        return poetryGroup.equals("main") ? DependencyScope.RUNTIME : DependencyScope.DEVELOPMENT;
    }

    private void groups(TreeNode.Mapping lists, DependencyScope scope) {
        lists.entries().keySet().forEach(name -> {
            groups.put(name, scope);
            list(lists.listing(name), scope);
        });
    }

    private void list(TreeNode.Listing requirements, DependencyScope scope) {
        for (TreeNode.Text requirement : requirements.texts()) {
            switch (PipLine.read(requirement.value())) {
                case PipLine.Wanted(String name, String version) ->
                    wanted.merge(PipLine.normal(name), scope, DependencyScope::or);
                case PipLine.Elsewhere(SkipReason why, String name) ->
                    wanted.merge(PipLine.normal(name), scope, DependencyScope::or);
                case PipLine.Include _, PipLine.Constraints _, PipLine.Option _, PipLine.Unnamed _ -> {}
            }
        }
    }

    private void table(TreeNode.Mapping requirements, DependencyScope scope) {
        requirements.entries().keySet().forEach(name -> wanted.merge(PipLine.normal(name), scope, DependencyScope::or));
    }

    /// What a group of this name is for, when the file says so.
    DependencyScope scopeOf(String group, DependencyScope otherwise) {
        return groups.getOrDefault(group, otherwise);
    }
}
