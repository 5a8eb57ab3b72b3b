package io.muster.manifests;

import io.muster.documents.Malformed;
import io.muster.documents.TreeNode;
import io.muster.documents.YamlTree;
import io.muster.versions.Ecosystem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// stack.yaml.lock: the packages that a stack.yaml adds to its snapshot, completed. [Stack, "Lock files"]
///
/// The snapshot itself is named by an address and its packages are not in the file, which is said.
final class StackLock {

    /// `name-1.0.2@sha256:…,1234`: the version is what follows the last hyphen.
    private static final Pattern HACKAGE = Pattern.compile("(.+)-([0-9][0-9.]*)(?:@.*)?");

    private StackLock() {}

    static void read(Source source, Draft draft) {
        YamlTree.documents(source.text()).forEach(document -> read(document, draft));
    }

    private static void read(TreeNode.Mapping top, Draft draft) {
        if (!top.has("packages") && !top.has("snapshots")) {
            throw new Malformed("neither 'packages' nor 'snapshots' is there: this is not a stack.yaml.lock", 1);
        }
        for (TreeNode.Mapping entry : top.listing("packages").mappings()) {
            completed(entry.mapping("completed"), entry.line(), draft);
        }
        if (!top.listing("snapshots").items().isEmpty()) {
            draft.warn("what the snapshot brings is not in the file");
        }
    }

    private static void completed(TreeNode.Mapping completed, int line, Draft draft) {
        Matcher hackage = HACKAGE.matcher(completed.text("hackage"));
        if (hackage.matches()) {
            draft.add(Ecosystem.HACKAGE, hackage.group(1), hackage.group(2), DependencyScope.RUNTIME, line);
            return;
        }
        String name = completed.text("name");
        if (name.isEmpty()) {
            draft.unreadable("line " + line + ": a package without a name is passed over");
            return;
        }
        Optional<Skip> elsewhere = Optional.of(completed.has("git") || completed.has("hg") ? Skip.GIT : Skip.ADDRESS);
        draft.add(elsewhere, Ecosystem.HACKAGE, new Draft.Named(name, "", DependencyScope.RUNTIME, line));
    }
}
