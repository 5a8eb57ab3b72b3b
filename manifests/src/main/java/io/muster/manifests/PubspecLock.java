package io.muster.manifests;

import io.muster.versions.Ecosystem;
import java.util.Map;

/// pubspec.lock of Dart. [dart.dev, "Pub glossary: lockfile"]
///
/// Each package says whether the project asks for it, for itself or for development, or has it through others;
/// who those are is not recorded. Parts of the SDK and packages of local folders are passed over: they have no
/// version of their own.
final class PubspecLock {

    private PubspecLock() {}

    static void read(Source source, Draft draft) {
        Datum.Mapping top = YamlTree.read(source.text());
        for (Map.Entry<String, Datum.Mapping> entry : top.required("packages").mappings()) {
            Datum.Mapping details = entry.getValue();
            String from = details.text("source");
            if (!from.equals("sdk") && !from.equals("path")) {
                locked(entry.getKey(), details, draft);
            }
        }
    }

    private static void locked(String name, Datum.Mapping details, Draft draft) {
        String asked = details.text("dependency");
        Scope scope = asked.equals("direct dev") ? Scope.DEVELOPMENT : Scope.RUNTIME;
        int component = draft.add(Ecosystem.PUB, name, details.text("version"), scope, details.line());
        if (asked.startsWith("direct")) {
            draft.direct(component, scope);
        }
    }
}
