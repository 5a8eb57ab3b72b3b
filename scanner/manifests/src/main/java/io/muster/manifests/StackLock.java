package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
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

    static void read(ManifestSource source, ManifestBuilder builder) {
        YamlTree.documents(source.text()).forEach(document -> read(document, builder));
    }

    private static void read(TreeNode.Mapping top, ManifestBuilder builder) {
        if (!top.has("packages") && !top.has("snapshots")) {
            throw new MalformedDocumentException(
                    "neither 'packages' nor 'snapshots' is there: this is not a stack.yaml.lock", 1);
        }
        for (TreeNode.Mapping entry : top.listing("packages").mappings()) {
            completed(entry.mapping("completed"), entry.line(), builder);
        }
        if (!top.listing("snapshots").items().isEmpty()) {
            builder.warn("what the snapshot brings is not in the file");
        }
    }

    private static void completed(TreeNode.Mapping completed, int line, ManifestBuilder builder) {
        Matcher hackage = HACKAGE.matcher(completed.text("hackage"));
        if (hackage.matches()) {
            builder.add(Ecosystem.HACKAGE, hackage.group(1), hackage.group(2), DependencyScope.RUNTIME, line);
            return;
        }
        String name = completed.text("name");
        if (name.isEmpty()) {
            builder.unreadable("line " + line + ": a package without a name is passed over");
            return;
        }
        Optional<SkipReason> elsewhere =
                Optional.of(completed.has("git") || completed.has("hg") ? SkipReason.GIT : SkipReason.ADDRESS);
        builder.add(elsewhere, Ecosystem.HACKAGE, new ManifestBuilder.Named(name, "", DependencyScope.RUNTIME, line));
    }
}
