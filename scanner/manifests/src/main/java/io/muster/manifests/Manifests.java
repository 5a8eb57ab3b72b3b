package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.versions.PackageName;
import io.muster.versions.PackageUrl;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The way in: which files are manifests, and what they say.
public final class Manifests {

    private static final Pattern LINE = Pattern.compile(": line ([0-9]{1,9}):");

    private Manifests() {}

    /// The kind a file has by its name; a path may come before the name. Empty for names that no format claims.
    public static Optional<ManifestKind> kindOf(String fileName) {
        String path = fileName.replace('\\', '/');
        return Arrays.stream(ManifestKind.values())
                .filter(kind -> kind.isNamed(path))
                .findFirst();
    }

    /// The name under which manifests list the package of a package URL; a type outside OSV is its own ecosystem.
    public static PackageName nameOf(PackageUrl purl) {
        return Purls.nameOf(purl);
    }

    /// Reads a file of a kind that its name tells, or, for `.json` and `.xml` of any name, its content.
    public static ManifestReading read(String fileName, byte[] bytes, SiblingFiles siblings) {
        return kindOf(fileName)
                .or(() -> Sniffer.kindOf(fileName, bytes))
                .map(kind -> read(kind, fileName, bytes, siblings))
                .orElseGet(() -> new ManifestReading.Refused("no format is known by the name '" + fileName + "'", 0));
    }

    /// Reads a file as a given kind, whatever its name.
    public static ManifestReading read(ManifestKind kind, String fileName, byte[] bytes, SiblingFiles siblings) {
        if (bytes.length > ManifestLimits.MANIFEST_BYTES) {
            return new ManifestReading.Refused(
                    "the file has " + bytes.length + " bytes, more than the " + ManifestLimits.MANIFEST_BYTES
                            + " allowed",
                    0);
        }
        var builder = new ManifestBuilder();
        try {
            Readers.read(kind, new ManifestSource(fileName, bytes, siblings), builder);
            Manifest manifest = builder.finish(kind, fileName);
            int unreadable = manifest.skipped().getOrDefault(SkipReason.UNREADABLE, 0);
            if (manifest.components().isEmpty() && builder.isOfLaterFormat()) {
                return new ManifestReading.Refused(builder.warnings().getFirst(), 0);
            }
            return manifest.components().isEmpty() && unreadable > 0
                    ? nothingOf(unreadable, builder.warnings())
                    : new ManifestReading.Read(manifest, builder.warnings());
        } catch (MalformedDocumentException malformed) {
            return new ManifestReading.Refused(malformed.reason(), malformed.line());
        }
    }

    /// A file that holds entries of which none is understood is no empty file: nobody may take it for a clean one.
    private static ManifestReading nothingOf(int entries, List<String> warnings) {
        String first = warnings.isEmpty() ? "" : ": " + warnings.getFirst();
        Matcher line = LINE.matcher(first);
        return new ManifestReading.Refused(
                "none of its entries is understood, of " + entries + first,
                line.lookingAt() ? Integer.parseInt(line.group(1)) : 0);
    }
}
