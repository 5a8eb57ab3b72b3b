package io.muster.manifests;

import io.muster.documents.Printable;
import io.muster.documents.TreeNode;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Manifest.toml of Julia, formats 1 and 2. [Pkg.jl, "Project.toml and Manifest.toml"]
///
/// What has neither a version nor a place it came from is a part of Julia itself and no component; a library that
/// Julia brings along in a version of its own (`LibCURL_jll`) is one. A name can be given to several packages; they
/// are told apart by their UUID. Other tools too have files of this name; what has no UUID is not of Julia.
final class JuliaManifest {

    private record Locked(int component, TreeNode.Mapping entry) {}

    private final ManifestBuilder builder;
    private final List<Locked> all = new ArrayList<>();
    private final Map<String, Integer> byName = new HashMap<>();
    private final Map<String, Integer> byUuid = new HashMap<>();

    private JuliaManifest(ManifestBuilder builder) {
        this.builder = builder;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.toml();
        builder.format(top.text("manifest_format"), 2);
        TreeNode.Mapping packages = top.has("manifest_format") ? top.mapping("deps") : top;
        var manifest = new JuliaManifest(builder);
        for (String name : packages.entries().keySet()) {
            packages.listing(name).mappings().stream()
                    .filter(entry -> entry.has("uuid"))
                    .forEach(entry -> manifest.add(name, entry));
        }
        boolean isJulia = top.has("manifest_format")
                || top.has("julia_version")
                || top.entries().isEmpty();
        if (manifest.all.isEmpty() && !isJulia) {
            builder.warn("there is no 'manifest_format' and no package with a 'uuid': this is no manifest of Julia");
        }
        manifest.join();
    }

    private void add(String name, TreeNode.Mapping entry) {
        int component = component(name, entry);
        all.add(new Locked(component, entry));
        byName.put(name, component);
        byUuid.put(entry.text("uuid"), component);
    }

    private int component(String name, TreeNode.Mapping entry) {
        if (entry.has("path")) {
            return builder.addElsewhere(
                    SkipReason.FOLDER, Ecosystem.JULIA, name, DependencyScope.RUNTIME, entry.line());
        }
        if (entry.has("repo-url")) {
            return builder.addElsewhere(SkipReason.GIT, Ecosystem.JULIA, name, DependencyScope.RUNTIME, entry.line());
        }
        if (!entry.has("git-tree-sha1") && !entry.has("version")) {
            return ManifestBuilder.NOTHING;
        }
        String uuid = entry.text("uuid");
        String version = entry.text("version");
        if (uuid.isEmpty() || name.isBlank() || !Printable.isHarmless(name + uuid + version)) {
            builder.unreadable(
                    "line " + entry.line() + ": a package is passed over: its name or uuid is missing, or one of"
                            + " them cannot be printed: '" + name + "'");
            return ManifestBuilder.NOTHING;
        }
        var qualifiers = new TreeMap<>(Map.of("uuid", uuid));
        return builder.add(
                new PackageUrl("julia", "", name, version, qualifiers, ""),
                version,
                DependencyScope.RUNTIME,
                entry.line());
    }

    /// Needs are names, or names with the UUID that tells which of that name is meant.
    private void join() {
        for (Locked locked : all) {
            TreeNode.Mapping entry = locked.entry();
            for (TreeNode.Text need : entry.listing("deps").texts()) {
                builder.needs(locked.component(), byName.getOrDefault(need.value(), ManifestBuilder.NOTHING));
            }
            for (String name : entry.mapping("deps").entries().keySet()) {
                String uuid = entry.mapping("deps").text(name);
                builder.needs(locked.component(), byUuid.getOrDefault(uuid, ManifestBuilder.NOTHING));
            }
        }
    }
}
