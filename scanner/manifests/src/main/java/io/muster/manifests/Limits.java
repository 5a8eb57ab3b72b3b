package io.muster.manifests;

/// What a manifest may cost. A file beyond any of these is refused in words; it never exhausts the process.
///
/// The largest honest files known to us are SBOMs of whole distributions: some 40 MB, 60,000 components.
public final class Limits {

    /// One file. An SBOM of 47 MB with 60,000 components was measured to be read within a heap of 320 MB; the
    /// worst that [#VALUES] lets through takes as much.
    public static final int MANIFEST_BYTES = 64 << 20;

    /// Packages in one file: three times the largest honest one.
    public static final int COMPONENTS = 200_000;

    /// Edges of one graph: 20 a package, where honest graphs have 3.
    public static final int EDGES = 4_000_000;

    /// Values in one parsed tree: a component of a full SBOM takes about 15 after skipping what we do not read.
    public static final int VALUES = 2_000_000;

    /// Nesting of objects, lists, tables and elements. npm v1 nests once per level of installed folders; 30 is
    /// much.
    public static final int NESTING = 200;

    /// One string: an SBOM may embed a licence text, nothing embeds more.
    public static final int STRING_CHARS = 1 << 20;

    /// A package name or version; longer than any registry takes, short enough to print.
    public static final int NAME_CHARS = 1_000;

    /// Files one manifest may pull in: `-r` of requirements, parents of a pom. A chain longer than this is a
    /// loop.
    public static final int RELATED_FILES = 64;

    /// Warnings kept; the rest are counted in the last one.
    public static final int WARNINGS = 100;

    private Limits() {}
}
