package io.muster.manifests;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Tells SBOMs by their content: their names are free, only `.json` and `.xml` are common to them.
final class Sniffer {

    /// How far into a file the marks are looked for. Writers put them first; some sort keys and put them after
    /// metadata.
    private static final int WINDOW = 64 << 10;

    private Sniffer() {}

    static Optional<ManifestKind> kindOf(String fileName, byte[] bytes) {
        if (fileName.endsWith(".json")) {
            return has(bytes, "\"bomFormat\"") || has(bytes, "\"$schema\":\"http://cyclonedx.org")
                    ? Optional.of(ManifestKind.CYCLONEDX_JSON)
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean has(byte[] bytes, String mark) {
        return head(bytes).contains(mark) || tail(bytes).contains(mark);
    }

    private static String head(byte[] bytes) {
        return new String(bytes, 0, Math.min(WINDOW, bytes.length), StandardCharsets.ISO_8859_1);
    }

    private static String tail(byte[] bytes) {
        int from = Math.max(0, bytes.length - WINDOW);
        return new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
    }
}
