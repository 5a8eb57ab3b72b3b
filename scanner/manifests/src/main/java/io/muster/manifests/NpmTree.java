package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import io.muster.versions.Ecosystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Folders of installed packages, in which a name is looked up as Node.js does: in the `node_modules` beside the
/// asking package, then in those of the folders above. [Node.js, "Loading from node_modules folders"]
final class NpmTree {

    /// The longest path operating systems take. It also bounds the look-up, which goes up folder by folder.
    private static final int PATH_CHARS = 4_096;

    /// Characters of paths tried in all look-ups of one file; an honest monorepo takes some ten million.
    private static final long LOOK_UP_CHARS = 1L << 31;

    private record Need(String path, String name) {}

    private record Requested(String path, String name, DependencyScope scope) {}

    private final ManifestBuilder builder;
    private final Map<String, Integer> installed = new LinkedHashMap<>();
    private final Map<String, String> links = new LinkedHashMap<>();
    private final List<Need> needs = new ArrayList<>();
    private final List<Requested> requested = new ArrayList<>();
    private long charsLeft = LOOK_UP_CHARS;

    NpmTree(ManifestBuilder builder) {
        this.builder = builder;
    }

    void install(String path, String name, String version, DependencyScope scope, int line) {
        if (path.length() > PATH_CHARS) {
            throw new MalformedDocumentException("an install path has more than " + PATH_CHARS + " characters", line);
        }
        installed.put(path, builder.add(Ecosystem.NPM, name, version, scope, line));
    }

    /// A copy that npm did not get from a registry.
    void installElsewhere(SkipReason why, String path, String name, DependencyScope scope, int line) {
        if (path.length() > PATH_CHARS) {
            throw new MalformedDocumentException("an install path has more than " + PATH_CHARS + " characters", line);
        }
        installed.put(path, builder.addElsewhere(why, Ecosystem.NPM, name, scope, line));
    }

    /// A folder that stands for another, as workspaces are installed.
    void link(String path, String target) {
        links.put(path, target);
    }

    /// The names that an installed package asks for.
    void needs(String path, TreeNode.Mapping names) {
        names.entries().keySet().forEach(name -> needs.add(new Need(path, name)));
    }

    /// A package of the project itself: its root, or a workspace.
    void member(String path, TreeNode.Mapping packageJson) {
        request(path, packageJson.mapping("dependencies"), DependencyScope.RUNTIME);
        request(path, packageJson.mapping("peerDependencies"), DependencyScope.RUNTIME);
        request(path, packageJson.mapping("optionalDependencies"), DependencyScope.OPTIONAL);
        request(path, packageJson.mapping("devDependencies"), DependencyScope.DEVELOPMENT);
    }

    /// The project's root, from its package.json.
    void project(TreeNode.Mapping packageJson) {
        member("", packageJson);
    }

    private void request(String path, TreeNode.Mapping names, DependencyScope scope) {
        names.entries().keySet().forEach(name -> requested.add(new Requested(path, name, scope)));
    }

    /// Looks every name up, now that all folders are known. A name that is not installed is passed over: npm
    /// leaves out optional packages of other platforms and peers that nobody provides.
    void join() {
        for (Need need : needs) {
            builder.needs(
                    installed.getOrDefault(need.path(), ManifestBuilder.NOTHING), lookUp(need.path(), need.name()));
        }
        for (Requested each : requested) {
            builder.direct(lookUp(each.path(), each.name()), each.scope());
        }
    }

    private int lookUp(String from, String name) {
        String folder = from;
        while (true) {
            String path = folder.isEmpty() ? "node_modules/" + name : folder + "/node_modules/" + name;
            charsLeft -= path.length();
            if (charsLeft < 0) {
                throw new MalformedDocumentException(
                        "packages are nested so deep and so often that looking them up has no end", 0);
            }
            Integer found = installed.get(path);
            if (found != null) {
                return found;
            }
            if (folder.isEmpty() || links.containsKey(path)) {
                return ManifestBuilder.NOTHING;
            }
            folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
        }
    }
}
