package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.versions.Ecosystem;
import java.util.Set;

/// gradle/verification-metadata.xml: the checksums of everything the build ever downloaded, plugins included. [Gradle,
/// "Verifying dependencies"]
///
/// It does not tell what is for the build alone. Like go.sum it may keep what is no longer used; a lockfile beside it
/// knows better, and then both are read.
final class GradleVerification {

    private static final Set<String> SKIPPED = Set.of("configuration", "artifact");

    private GradleVerification() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        XmlElement top = XmlTree.read(source.bytes(), SKIPPED);
        if (!top.name().equals("verification-metadata")) {
            throw new MalformedDocumentException(
                    "the root element is '" + top.name() + "', not 'verification-metadata'", top.line());
        }
        for (XmlElement component : top.child("components").children("component")) {
            String group = component.attribute("group");
            String name = component.attribute("name");
            if (group.isEmpty() || name.isEmpty()) {
                builder.unreadable("line " + component.line() + ": a component without group or name is passed over");
                continue;
            }
            builder.add(
                    Ecosystem.MAVEN,
                    group + ":" + name,
                    component.attribute("version"),
                    DependencyScope.RUNTIME,
                    component.line());
        }
    }
}
