package io.muster.manifests;

import io.muster.versions.Lookup;
import io.muster.versions.PackageName;
import io.muster.versions.PackageUrl;
import java.util.List;

/// One package at one version that a manifest names.
///
/// @param name as advisories know it; a package of no OSV ecosystem has the type of its package URL as ecosystem
/// @param version as the file writes it; empty when the file names the package without one (a git checkout, a
///     range)
/// @param purl the package URL the file gives, or the one that follows from name and version
/// @param line where the file names it, counted from 1; 0 when the format cannot tell
public record Component(PackageName name, String version, PackageUrl purl, DependencyScope scope, int line) {

    public Component {
        if (line < 0) {
            throw new IllegalArgumentException("cannot place " + name + " on line " + line + ": lines count from 1");
        }
    }

    Component withScope(DependencyScope changed) {
        return new Component(name, version, purl, changed, line);
    }

    /// What to ask advisories about it; nothing without a version.
    public List<Lookup> lookups() {
        if (version.isEmpty()) {
            return List.of();
        }
        List<Lookup> ofPurl = purl.packageName().filter(name::equals).isPresent() ? purl.lookups(version) : List.of();
        return ofPurl.isEmpty() ? List.of(new Lookup(name, version)) : ofPurl;
    }

    /// `name@version`, as people write it; the name alone when there is no version.
    public String label() {
        return version.isEmpty() ? name.name() : name.name() + "@" + version;
    }
}
