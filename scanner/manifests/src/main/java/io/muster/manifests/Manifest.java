package io.muster.manifests;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a lockfile or SBOM says a project is made of.
///
/// @param name the file as the caller named it
/// @param components each package and version once, in the order the file first names them; the project itself
///     and its own members (a workspace's packages) are not among them
/// @param graph over the positions of `components`
/// @param skipped how many entries are not to be asked about, by reason: components without a version, and entries
///     that are no components at all
public record Manifest(
        ManifestKind kind,
        String name,
        List<Component> components,
        DependencyGraph graph,
        Map<SkipReason, Integer> skipped) {

    public Manifest {
        components = List.copyOf(components);
        skipped = Collections.unmodifiableMap(copyOf(skipped));
        if (graph.size() != components.size()) {
            throw new IllegalArgumentException("cannot join " + components.size() + " components with a graph of "
                    + graph.size() + ": they must be of one size");
        }
    }

    private static Map<SkipReason, Integer> copyOf(Map<SkipReason, Integer> skipped) {
        var copy = new EnumMap<SkipReason, Integer>(SkipReason.class);
        copy.putAll(skipped);
        return copy;
    }
}
