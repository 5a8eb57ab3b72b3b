package io.muster.manifests;

import java.util.Map;

/// uv.lock. [uv, "Lockfile"]
///
/// Packages whose source is a folder of the project (`virtual`, `editable`, `directory`) are the project and its
/// workspace; their dependencies, extras and groups are the roots.
final class UvLock {

    private final PythonLock lock;

    private UvLock(PythonLock lock) {
        this.lock = lock;
    }

    static void read(Source source, Draft draft) {
        Datum.Mapping top = source.toml();
        if (!top.has("package") && !top.has("requires-python")) {
            throw new Malformed("there is neither a [[package]] nor requires-python: this is not a uv.lock", 1);
        }
        var reader = new UvLock(new PythonLock(draft));
        for (Datum.Mapping entry : top.listing("package").mappings()) {
            if (!isMember(entry)) {
                reader.locked(entry);
            }
        }
        reader.lock.join();
        for (Datum.Mapping entry : top.listing("package").mappings()) {
            if (isMember(entry)) {
                reader.member(entry);
            }
        }
        draft.spreadScopes();
    }

    private static boolean isMember(Datum.Mapping entry) {
        Datum.Mapping source = entry.mapping("source");
        return source.has("virtual") || source.has("editable") || source.has("directory");
    }

    private void locked(Datum.Mapping entry) {
        int component = lock.add(entry.text("name"), entry.text("version"), Scope.RUNTIME, entry.line());
        needs(component, entry.listing("dependencies"));
        for (String extra : entry.mapping("optional-dependencies").entries().keySet()) {
            needs(component, entry.mapping("optional-dependencies").listing(extra));
        }
    }

    private void needs(int component, Datum.Listing dependencies) {
        dependencies.mappings().forEach(need -> lock.needs(component, need.text("name"), need.text("version")));
    }

    private void member(Datum.Mapping entry) {
        ask(entry.listing("dependencies"), Scope.RUNTIME);
        groups(entry.mapping("optional-dependencies"), Scope.OPTIONAL);
        groups(entry.mapping("dev-dependencies"), Scope.DEVELOPMENT);
    }

    private void groups(Datum.Mapping groups, Scope scope) {
        for (Map.Entry<String, Datum> group : groups.entries().entrySet()) {
            ask(groups.listing(group.getKey()), scope);
        }
    }

    private void ask(Datum.Listing dependencies, Scope scope) {
        dependencies.mappings().forEach(need -> lock.direct(need.text("name"), need.text("version"), scope));
    }
}
