package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import io.muster.versions.Ecosystem;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Package.resolved of the Swift package manager, versions 1 to 3: a pin for each repository, flat.
/// [swift-package-manager, `PinsStore`]
///
/// OSV names a package by the address of its repository, so a pin of a tag is no foreign copy; one of a branch or a
/// commit is.
final class SwiftLock {

    private static final Set<String> SKIPPED = Set.of("originHash");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[a-z+]+://)?(?:[^@/]+@)?([^/:]+)(?::[0-9]+(?=/))?[/:]+(.+?)/*(?:\\.git)?/*");

    private SwiftLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.json(SKIPPED);
        TreeNode.Mapping holder = top.has("object") ? top.mapping("object") : top;
        if (!holder.has("pins")) {
            throw new MalformedDocumentException("'pins' is missing: this is not a Package.resolved", 1);
        }
        builder.format(top.text("version"), 3);
        for (TreeNode.Mapping pin : holder.listing("pins").mappings()) {
            pin(pin, builder);
        }
    }

    private static void pin(TreeNode.Mapping pin, ManifestBuilder builder) {
        String location = pin.has("location") ? pin.text("location") : pin.text("repositoryURL");
        String version = pin.mapping("state").text("version");
        String kind = pin.text("kind");
        String identity = pin.has("identity") ? pin.text("identity") : pin.text("package");
        Matcher address = ADDRESS.matcher(location);
        boolean isLocal = kind.equals("localSourceControl") || kind.equals("fileSystem") || location.startsWith("/");
        if (isLocal) {
            builder.skip(SkipReason.FOLDER);
            return;
        }
        boolean isRegistry = kind.equals("registry") && location.isEmpty();
        if (!address.matches() && !isRegistry) {
            builder.unreadable("line " + pin.line() + ": '" + identity + "' has no address and is passed over");
            return;
        }
        String name = isRegistry ? identity.replace('.', '/') : address.group(1) + "/" + address.group(2);
        Optional<SkipReason> elsewhere = version.isEmpty() ? Optional.of(SkipReason.GIT) : Optional.empty();
        builder.add(
                elsewhere,
                Ecosystem.SWIFT_URL,
                new ManifestBuilder.Named(name, version, DependencyScope.RUNTIME, pin.line()));
    }
}
