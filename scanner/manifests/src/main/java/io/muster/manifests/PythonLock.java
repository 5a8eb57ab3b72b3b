package io.muster.manifests;

import io.muster.versions.Ecosystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Packages of one Python lockfile, found again by normal name and, where a name is locked in several versions
/// for different platforms, by version.
final class PythonLock {

    private record Need(int from, String name, String version) {}

    private record Locked(String name, String version) {}

    private final ManifestBuilder builder;
    private final Map<String, Set<Integer>> byName = new HashMap<>();
    private final Map<Locked, Integer> byVersion = new HashMap<>();
    private final List<Need> needs = new ArrayList<>();

    PythonLock(ManifestBuilder builder) {
        this.builder = builder;
    }

    int add(String name, String version, DependencyScope scope, int line) {
        return add(Optional.empty(), new ManifestBuilder.Named(name, version, scope, line));
    }

    /// Adds a package from wherever it comes; others find it by the version that the file gives it all the same.
    int add(Optional<SkipReason> elsewhere, ManifestBuilder.Named named) {
        String name = named.name();
        String version = named.version();
        int component = builder.add(elsewhere, Ecosystem.PYPI, named);
        if (component != ManifestBuilder.NOTHING) {
            String normal = PipLine.normal(name);
            byName.computeIfAbsent(normal, key -> new LinkedHashSet<>()).add(component);
            byVersion.put(new Locked(normal, version), component);
        }
        return component;
    }

    /// @param version empty for whatever version is locked
    void needs(int from, String name, String version) {
        needs.add(new Need(from, name, version));
    }

    /// Says that the project asks for a package.
    void direct(String name, String version, DependencyScope scope) {
        found(name, version).forEach(component -> builder.direct(component, scope));
    }

    void direct(PyProject project) {
        project.wanted().forEach((name, scope) -> direct(name, "", scope));
    }

    /// Resolves the needs, now that all packages are known.
    void join() {
        for (Need need : needs) {
            found(need.name(), need.version()).forEach(to -> builder.needs(need.from(), to));
        }
    }

    private Set<Integer> found(String name, String version) {
        String normal = PipLine.normal(name);
        if (version.isEmpty()) {
            return byName.getOrDefault(normal, Set.of());
        }
        Integer exact = byVersion.get(new Locked(normal, version));
        return exact == null ? Set.of() : Set.of(exact);
    }
}
