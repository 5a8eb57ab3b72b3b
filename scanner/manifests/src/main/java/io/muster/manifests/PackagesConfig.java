package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.versions.Ecosystem;
import java.util.Set;

/// packages.config of NuGet before PackageReference: every package of a project, flat. [NuGet, "packages.config
/// reference"]
final class PackagesConfig {

    private PackagesConfig() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        XmlElement top = XmlTree.read(source.bytes(), Set.of());
        if (!top.name().equals("packages")) {
            throw new MalformedDocumentException(
                    "the root element is '" + top.name() + "', not 'packages'", top.line());
        }
        for (XmlElement entry : top.children("package")) {
            boolean isDevelopment = entry.attribute("developmentDependency").equalsIgnoreCase("true");
            builder.add(
                    Ecosystem.NUGET,
                    entry.attribute("id"),
                    entry.attribute("version"),
                    isDevelopment ? DependencyScope.DEVELOPMENT : DependencyScope.RUNTIME,
                    entry.line());
        }
    }
}
