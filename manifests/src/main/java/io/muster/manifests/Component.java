package io.muster.manifests;

import io.muster.versions.PackageName;
import io.muster.versions.PackageUrl;

/// One package at one version that a manifest names.
///
/// @param name as advisories know it; a package of no OSV ecosystem has the type of its package URL as ecosystem
/// @param version as the file writes it; empty when the file names the package without one (a git checkout, a
///     range)
/// @param purl the package URL the file gives, or the one that follows from name and version
/// @param line where the file names it, counted from 1; 0 when the format cannot tell
public record Component(PackageName name, String version, PackageUrl purl, Scope scope, int line) {

    public Component {
        if (line < 0) {
            throw new IllegalArgumentException("cannot place " + name + " on line " + line + ": lines count from 1");
        }
    }

    Component withScope(Scope changed) {
        return new Component(name, version, purl, changed, line);
    }

    /// `name@version`, as people write it; the name alone when there is no version.
    public String label() {
        return version.isEmpty() ? name.name() : name.name() + "@" + version;
    }
}
