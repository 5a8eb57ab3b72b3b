package io.muster.manifests;

import io.muster.versions.PackageName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// How far the trouble with one package reaches over many manifests: who has it, in which versions, and what
/// hangs on it.
///
/// @param touched the manifests that have the package, once for each version, in the order they were given
/// @param manifests how many manifests have it
/// @param dependents how many different packages, by name and version, need it anywhere
public record BlastRadius(PackageName subject, List<Touched> touched, int manifests, int dependents) {

    public BlastRadius {
        touched = List.copyOf(touched);
    }

    /// One manifest that has the package in one version.
    ///
    /// @param direct what the project asks for itself and gets the package through
    /// @param dependents how many of the manifest's components need it
    public record Touched(String manifest, Component component, List<Component> direct, int dependents) {

        public Touched {
            direct = List.copyOf(direct);
        }
    }

    private record Dependent(PackageName name, String version) {}

    /// Measures one package over manifests.
    public static BlastRadius of(PackageName subject, List<Manifest> manifests) {
        var touched = new ArrayList<Touched>();
        var dependents = new HashSet<Dependent>();
        int hit = 0;
        for (Manifest manifest : manifests) {
            List<Touched> here = in(manifest, subject, dependents);
            touched.addAll(here);
            hit += here.isEmpty() ? 0 : 1;
        }
        return new BlastRadius(subject, touched, hit, dependents.size());
    }

    /// A question without a release means every one, and a distribution's package is also known by its source.
    private static boolean isMeant(Component component, PackageName subject) {
        return subject.covers(component.name())
                || component.lookups().stream().anyMatch(lookup -> subject.covers(lookup.name()));
    }

    private static List<Touched> in(Manifest manifest, PackageName subject, Set<Dependent> dependents) {
        int[] found = IntStream.range(0, manifest.components().size())
                .filter(c -> isMeant(manifest.components().get(c), subject))
                .toArray();
        if (found.length == 0) {
            return List.of();
        }
        var paths = new DependencyPaths(manifest);
        var touched = new ArrayList<Touched>();
        for (int c : found) {
            List<Component> above = paths.dependents(c);
            above.forEach(one -> dependents.add(new Dependent(one.name(), one.version())));
            touched.add(new Touched(manifest.name(), manifest.components().get(c), paths.directFor(c), above.size()));
        }
        return touched;
    }
}
