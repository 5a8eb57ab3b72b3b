package io.muster.documents;

/// What one document may cost. One beyond any of these is refused in words; it never exhausts the process.
public final class DocumentLimits {

    /// One file. An SBOM of 47 MB with 60,000 components was measured to be read within a heap of 320 MB; the
    /// worst that [#VALUES] lets through takes as much.
    public static final int BYTES = 64 << 20;

    /// Values in one parsed tree: a component of a full SBOM takes about 15 after skipping what we do not read.
    public static final int VALUES = 2_000_000;

    /// Nesting of objects, lists, tables and elements. npm v1 nests once per level of installed folders; 30 is
    /// much.
    public static final int NESTING = 200;

    /// One string: an SBOM may embed a licence text, an advisory its story; nothing embeds more.
    public static final int STRING_CHARS = 1 << 20;

    /// The digits of one number.
    public static final int NUMBER_CHARS = 1_000;

    private DocumentLimits() {}
}
