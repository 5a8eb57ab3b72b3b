package io.muster.manifests;

import io.muster.documents.DocumentLimits;

/// What a manifest may cost. A file beyond any of these is refused in words; it never exhausts the process.
///
/// The largest honest files known to us are SBOMs of whole distributions: some 40 MB, 60,000 components.
public final class ManifestLimits {

    /// One file.
    public static final int MANIFEST_BYTES = DocumentLimits.BYTES;

    /// Packages in one file: three times the largest honest one.
    public static final int COMPONENTS = 200_000;

    /// Edges of one graph: 20 a package, where honest graphs have 3.
    public static final int EDGES = 4_000_000;

    /// A package name or version; longer than any registry takes, short enough to print.
    public static final int NAME_CHARS = 1_000;

    /// Files one manifest may pull in: `-r` of requirements, parents of a pom. A chain longer than this is a
    /// loop.
    public static final int SIBLING_FILES = 64;

    /// Warnings kept; the rest are counted in the last one.
    public static final int WARNINGS = 100;

    private ManifestLimits() {}
}
