package io.muster.manifests;

import java.util.List;
import java.util.regex.Pattern;

/// pdm.lock. [pdm, "Lock file specification"]
///
/// A package lists the groups that need it: `default`, extras of the project and groups for development. Which of
/// the latter two a group is, the pyproject.toml beside tells; without it the group's name has to.
final class PdmLock {

    private static final Pattern DEVELOPMENT_NAME = Pattern.compile(".*(dev|test|doc|lint|style|type|ci).*");

    private PdmLock() {}

    static void read(Source source, Draft draft) {
        Datum.Mapping top = source.toml();
        if (!top.has("package") && !top.has("metadata")) {
            throw new Malformed("there is neither a [[package]] nor [metadata]: this is not a pdm.lock", 1);
        }
        PyProject project = PyProject.beside(source);
        var lock = new PythonLock(draft);
        for (Datum.Mapping entry : top.listing("package").mappings()) {
            int component = lock.add(entry.text("name"), entry.text("version"), scope(entry, project), entry.line());
            for (Datum.Text need : entry.listing("dependencies").texts()) {
                if (PipLine.read(need.value()) instanceof PipLine.Wanted(String name, String version)) {
                    lock.needs(component, name, version);
                }
            }
        }
        lock.join();
        lock.direct(project);
    }

    private static Scope scope(Datum.Mapping entry, PyProject project) {
        List<Datum.Text> groups = entry.listing("groups").texts();
        return groups.stream()
                .map(group -> scope(group.value(), project))
                .reduce(Scope::or)
                .orElse(Scope.RUNTIME);
    }

    private static Scope scope(String group, PyProject project) {
        if (group.equals("default")) {
            return Scope.RUNTIME;
        }
        boolean soundsLikeDevelopment = DEVELOPMENT_NAME.matcher(group).matches();
        return project.scopeOf(group, soundsLikeDevelopment ? Scope.DEVELOPMENT : Scope.OPTIONAL);
    }
}
