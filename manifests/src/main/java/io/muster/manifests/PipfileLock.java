package io.muster.manifests;

import java.util.Map;

/// Pipfile.lock of pipenv: `default` and `develop` packages, flat; the Pipfile beside it says which are asked
/// for.
final class PipfileLock {

    private PipfileLock() {}

    static void read(Source source, Draft draft) {
        Datum.Mapping top = source.json();
        if (!top.has("_meta") && !top.has("default")) {
            throw new Malformed("neither '_meta' nor 'default' is there: this is not a Pipfile.lock", 1);
        }
        var lock = new PythonLock(draft);
        section(lock, top.mapping("default"), Scope.RUNTIME);
        section(lock, top.mapping("develop"), Scope.DEVELOPMENT);
        source.beside("Pipfile")
                .map(bytes -> TomlTree.read(SourceText.decode(bytes)))
                .ifPresent(pipfile -> {
                    ask(lock, pipfile.mapping("packages"), Scope.RUNTIME);
                    ask(lock, pipfile.mapping("dev-packages"), Scope.DEVELOPMENT);
                });
    }

    private static void section(PythonLock lock, Datum.Mapping packages, Scope scope) {
        for (Map.Entry<String, Datum.Mapping> entry : packages.mappings()) {
            String version = PipLine.pinned(entry.getValue().text("version"));
            lock.add(entry.getKey(), version, scope, entry.getValue().line());
        }
    }

    private static void ask(PythonLock lock, Datum.Mapping names, Scope scope) {
        names.entries().keySet().forEach(name -> lock.direct(name, "", scope));
    }
}
