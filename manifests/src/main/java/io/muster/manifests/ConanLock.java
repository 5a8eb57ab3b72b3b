package io.muster.manifests;

import io.muster.versions.Ecosystem;
import java.util.HashMap;
import java.util.Map;

/// conan.lock, of Conan 1 (`graph_lock`, a graph of numbered nodes) and of Conan 2 (flat lists). [conan,
/// "Lockfiles"]
///
/// A reference is `name/version@user/channel#revision%timestamp`; only name and version matter here. In Conan 1
/// nodes without a place in the cache (`path`) are the project.
final class ConanLock {

    private ConanLock() {}

    static void read(Source source, Draft draft) {
        Datum.Mapping top = source.json();
        if (top.has("graph_lock")) {
            graph(top.mapping("graph_lock").required("nodes"), draft);
            return;
        }
        if (!top.has("version")) {
            throw new Malformed("neither 'graph_lock' nor 'version' is there: this is not a conan.lock", 1);
        }
        flat(top.listing("requires"), Scope.RUNTIME, draft);
        flat(top.listing("build_requires"), Scope.DEVELOPMENT, draft);
        flat(top.listing("python_requires"), Scope.DEVELOPMENT, draft);
    }

    private static void flat(Datum.Listing references, Scope scope, Draft draft) {
        references.texts().forEach(reference -> add(reference.value(), scope, reference.line(), draft));
    }

    private static void graph(Datum.Mapping nodes, Draft draft) {
        Map<String, Integer> positions = new HashMap<>();
        for (Map.Entry<String, Datum.Mapping> node : nodes.mappings()) {
            Datum.Mapping details = node.getValue();
            Scope scope = details.text("context").equals("build") ? Scope.DEVELOPMENT : Scope.RUNTIME;
            boolean isProject = details.has("path") || details.text("ref").isEmpty();
            positions.put(
                    node.getKey(), isProject ? Draft.NOTHING : add(details.text("ref"), scope, details.line(), draft));
        }
        for (Map.Entry<String, Datum.Mapping> node : nodes.mappings()) {
            int from = positions.getOrDefault(node.getKey(), Draft.NOTHING);
            join(from, node.getValue().listing("requires"), Scope.RUNTIME, positions, draft);
            join(from, node.getValue().listing("build_requires"), Scope.DEVELOPMENT, positions, draft);
        }
    }

    private static void join(int from, Datum.Listing needs, Scope scope, Map<String, Integer> positions, Draft draft) {
        for (Datum.Text need : needs.texts()) {
            int to = positions.getOrDefault(need.value(), Draft.NOTHING);
            if (from == Draft.NOTHING) {
                draft.direct(to, scope);
            } else {
                draft.needs(from, to);
            }
        }
    }

    private static int add(String reference, Scope scope, int line, Draft draft) {
        String bare = before(before(before(reference, '%'), '#'), '@');
        int slash = bare.indexOf('/');
        if (slash <= 0) {
            draft.warn("line " + line + ": '" + reference + "' is not a reference and is passed over");
            return Draft.NOTHING;
        }
        return draft.add(Ecosystem.CONAN_CENTER, bare.substring(0, slash), bare.substring(slash + 1), scope, line);
    }

    private static String before(String text, char end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }
}
