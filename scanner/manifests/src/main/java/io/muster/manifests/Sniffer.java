package io.muster.manifests;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Tells SBOMs by their content: their names are free, only `.json` and `.xml` are common to them.
final class Sniffer {

    /// How far from either end of a file the marks are looked for. Writers put them first; some sort keys, and
    /// put them behind the components.
    private static final int WINDOW = 64 << 10;

    private Sniffer() {}

    static Optional<ManifestKind> kindOf(String fileName, byte[] bytes) {
        if (fileName.endsWith(".xml")) {
            return has(bytes, "cyclonedx.org/schema/bom") ? Optional.of(ManifestKind.CYCLONEDX_XML) : Optional.empty();
        }
        if (!fileName.endsWith(".json")) {
            return Optional.empty();
        }
        if (has(bytes, "\"bomFormat\"")) {
            return Optional.of(ManifestKind.CYCLONEDX_JSON);
        }
        return has(bytes, "\"spdxVersion\"") || has(bytes, "spdx.org/rdf/3.")
                ? Optional.of(ManifestKind.SPDX_JSON)
                : Optional.empty();
    }

    private static boolean has(byte[] bytes, String mark) {
        int tail = Math.max(0, bytes.length - WINDOW);
        return latin1(bytes, 0, Math.min(WINDOW, bytes.length)).contains(mark)
                || latin1(bytes, tail, bytes.length - tail).contains(mark);
    }

    /// The marks are ASCII, and every byte is a character of Latin-1: nothing can be malformed. Without the zero bytes
    /// between them, the marks of a file in UTF-16 look the same; PowerShell writes such when a tool's output is
    /// redirected.
    private static String latin1(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1).replace("\0", "");
    }
}
