package io.muster.manifests;

import java.util.List;

/// What a lockfile or SBOM says a project is made of.
///
/// @param name the file as the caller named it
/// @param components each package and version once, in the order the file first names them; the project itself
///     and its own members (a workspace's packages) are not among them
/// @param graph over the positions of `components`
public record Manifest(ManifestKind kind, String name, List<Component> components, Graph graph) {

    public Manifest {
        components = List.copyOf(components);
        if (graph.size() != components.size()) {
            throw new IllegalArgumentException("cannot join " + components.size() + " components with a graph of "
                    + graph.size() + ": they must be of one size");
        }
    }
}
