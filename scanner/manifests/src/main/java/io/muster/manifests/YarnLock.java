package io.muster.manifests;

import io.muster.documents.TreeNode;
import io.muster.documents.YamlTree;
import io.muster.versions.Ecosystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// yarn.lock, of Yarn 1 and of Yarn 2 and later ("berry"), told apart by the `__metadata` that only the latter
/// writes.
///
/// Both key an entry by the descriptors it answers (`name@range, name@range`), and its dependencies are such
/// descriptors. Yarn 1 does not say what the project asks for: that, and what is for development, comes from the
/// package.json beside.
final class YarnLock {

    /// One entry: the descriptors it answers, and those it asks for.
    private record Entry(int component, List<String> needs) {}

    private final ManifestBuilder builder;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> answers = new HashMap<>();

    private YarnLock(ManifestBuilder builder) {
        this.builder = builder;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        String text = source.text();
        var lock = new YarnLock(builder);
        TreeNode.Mapping project =
                source.beside("package.json").map(PackageJson::read).orElse(TreeNode.Mapping.EMPTY);
        if (text.startsWith("__metadata:") || text.contains("\n__metadata:")) {
            YamlTree.documents(text).forEach(document -> lock.berry(document, project));
        } else {
            YarnClassic.read(text).forEach(lock::classic);
            lock.join();
            lock.project(project);
        }
        builder.spreadScopes();
    }

    private void classic(YarnClassic.Entry entry) {
        String first = entry.descriptors().getFirst();
        var asked = NpmSpec.ofDescriptor(first);
        Optional<SkipReason> elsewhere = PackageOrigin.ofNpmRange(NpmSpec.rangeOf(first))
                .or(() -> PackageOrigin.ofNpm(entry.resolved()).filter(why -> why == SkipReason.GIT));
        int component;
        if (elsewhere.equals(Optional.of(SkipReason.FOLDER))) {
            builder.skip(SkipReason.FOLDER);
            component = ManifestBuilder.NOTHING;
        } else {
            var named = new ManifestBuilder.Named(asked.name(), entry.version(), DependencyScope.RUNTIME, entry.line());
            component = builder.add(elsewhere, Ecosystem.NPM, named);
        }
        entry.descriptors().forEach(descriptor -> answers.put(descriptor, component));
        entries.add(new Entry(component, entry.needs()));
    }

    private void berry(TreeNode.Mapping top, TreeNode.Mapping project) {
        builder.format(top.mapping("__metadata").text("version"), 8);
        var members = new ArrayList<TreeNode.Mapping>();
        for (Map.Entry<String, TreeNode.Mapping> locked : top.mappings()) {
            String resolution = locked.getValue().text("resolution");
            if (locked.getKey().equals("__metadata")) {
                continue;
            }
            if (resolution.isEmpty()) {
                builder.unreadable("line " + locked.getValue().line() + ": '" + locked.getKey()
                        + "' has no resolution and is passed over");
                continue;
            }
            if (resolution.contains("@workspace:")) {
                members.add(locked.getValue());
            } else {
                resolved(locked.getKey(), resolution, locked.getValue());
            }
        }
        join();
        for (TreeNode.Mapping member : members) {
            descriptors(member.mapping("dependencies"))
                    .forEach(wanted -> builder.direct(answer(wanted), scopeIn(project, wanted)));
        }
    }

    private void resolved(String key, String resolution, TreeNode.Mapping entry) {
        String name = resolution.substring(0, Math.max(0, resolution.indexOf('@', 1)));
        int component = builder.add(
                elsewhere(NpmSpec.rangeOf(resolution)),
                Ecosystem.NPM,
                new ManifestBuilder.Named(name, entry.text("version"), DependencyScope.RUNTIME, entry.line()));
        for (String descriptor : key.split(", ", -1)) {
            answers.put(descriptor, component);
        }
        entries.add(new Entry(component, descriptors(entry.mapping("dependencies"))));
    }

    /// A patch is applied to what the registry has, or to a copy from elsewhere: `patch:name@npm%3A1.0.0#file`.
    private static Optional<SkipReason> elsewhere(String reference) {
        if (reference.startsWith("patch:")) {
            String patched =
                    reference.substring("patch:".length()).replace("%3A", ":").replace("%23", "#");
            return PackageOrigin.ofNpm(NpmSpec.rangeOf(patched));
        }
        return reference.startsWith("npm:")
                ? Optional.empty()
                : PackageOrigin.ofNpm(reference).or(() -> Optional.of(SkipReason.ADDRESS));
    }

    private static List<String> descriptors(TreeNode.Mapping dependencies) {
        return dependencies.entries().keySet().stream()
                .map(name -> name + "@" + dependencies.text(name))
                .toList();
    }

    /// The lockfile lists what a member needs for development with the rest; the root's package.json tells them
    /// apart.
    private static DependencyScope scopeIn(TreeNode.Mapping project, String descriptor) {
        String name = NpmSpec.nameOf(descriptor);
        boolean isDevelopment = project.mapping("devDependencies").has(name)
                && !project.mapping("dependencies").has(name);
        return isDevelopment ? DependencyScope.DEVELOPMENT : DependencyScope.RUNTIME;
    }

    private void join() {
        for (Entry entry : entries) {
            entry.needs().forEach(need -> builder.needs(entry.component(), answer(need)));
        }
    }

    /// Yarn 2 and 3 write `^1.0.0` in dependencies where the entry is keyed `npm:^1.0.0`.
    private int answer(String descriptor) {
        Integer exact = answers.get(descriptor);
        if (exact != null) {
            return exact;
        }
        String name = NpmSpec.nameOf(descriptor);
        String range = descriptor.substring(Math.min(descriptor.length(), name.length() + 1));
        return answers.getOrDefault(name + "@npm:" + range, ManifestBuilder.NOTHING);
    }

    private void project(TreeNode.Mapping project) {
        ask(project.mapping("dependencies"), DependencyScope.RUNTIME);
        ask(project.mapping("optionalDependencies"), DependencyScope.OPTIONAL);
        ask(project.mapping("devDependencies"), DependencyScope.DEVELOPMENT);
        if (builder.hasRoots() && project.has("workspaces")) {
            builder.guessRoots(); // what the workspaces' own package.json ask for
        }
    }

    private void ask(TreeNode.Mapping names, DependencyScope scope) {
        descriptors(names).forEach(descriptor -> builder.direct(answer(descriptor), scope));
    }
}
