package io.muster.manifests;

import java.util.Arrays;
import java.util.Optional;

/// The way in: which files are manifests, and what they say.
public final class Manifests {

    private Manifests() {}

    /// The kind a file has by its name; a path may come before the name. Empty for names that no format claims.
    public static Optional<ManifestKind> kindOf(String fileName) {
        String path = fileName.replace('\\', '/');
        return Arrays.stream(ManifestKind.values())
                .filter(kind -> kind.isNamed(path))
                .findFirst();
    }

    /// Reads a file of a kind that its name tells, or, for `.json` and `.xml` of any name, its content.
    public static Reading read(String fileName, byte[] bytes, Related related) {
        return kindOf(fileName)
                .or(() -> Sniffer.kindOf(fileName, bytes))
                .map(kind -> read(kind, fileName, bytes, related))
                .orElseGet(() -> new Reading.Refused("no format is known by the name '" + fileName + "'", 0));
    }

    /// Reads a file as a given kind, whatever its name.
    public static Reading read(ManifestKind kind, String fileName, byte[] bytes, Related related) {
        if (bytes.length > Limits.MANIFEST_BYTES) {
            return new Reading.Refused(
                    "the file has " + bytes.length + " bytes, more than the " + Limits.MANIFEST_BYTES + " allowed", 0);
        }
        var draft = new Draft();
        try {
            Readers.read(kind, new Source(fileName, bytes, related), draft);
            return new Reading.Read(draft.finish(kind, fileName), draft.warnings());
        } catch (Malformed malformed) {
            return new Reading.Refused(malformed.reason(), malformed.line());
        }
    }
}
