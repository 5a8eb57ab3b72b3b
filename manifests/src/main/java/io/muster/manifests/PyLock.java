package io.muster.manifests;

/// pylock.toml, the lockfile that Python's installers agreed on. [PEP 751]
///
/// A marker that asks for a dependency group or an extra tells a package that is not always installed.
final class PyLock {

    private PyLock() {}

    static void read(Source source, Draft draft) {
        Datum.Mapping top = source.toml();
        if (!top.has("lock-version")) {
            throw new Malformed("'lock-version' is missing: this is not a pylock.toml", 1);
        }
        var lock = new PythonLock(draft);
        for (Datum.Mapping entry : top.listing("packages").mappings()) {
            if (!entry.has("directory")) {
                int component = lock.add(entry.text("name"), entry.text("version"), scope(entry), entry.line());
                entry.listing("dependencies")
                        .mappings()
                        .forEach(need -> lock.needs(component, need.text("name"), need.text("version")));
            }
        }
        lock.join();
        lock.direct(PyProject.beside(source));
    }

    private static Scope scope(Datum.Mapping entry) {
        String marker = entry.text("marker");
        if (marker.contains("dependency_groups")) {
            return Scope.DEVELOPMENT;
        }
        return marker.contains("extras") ? Scope.OPTIONAL : Scope.RUNTIME;
    }
}
