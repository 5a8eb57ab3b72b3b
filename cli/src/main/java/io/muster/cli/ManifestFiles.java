package io.muster.cli;

import io.muster.client.ManifestDocument;
import io.muster.node.FileFailure;
import io.muster.scan.ManifestFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The manifests below a path, as they are sent to a server.
public final class ManifestFiles {
    private ManifestFiles() {}

    /// Reads every manifest below `path`, or `path` itself.
    public static List<ManifestDocument> below(Path path) {
        if (!Files.exists(path)) {
            throw new CannotDo(ExitCode.NO_VERDICT, "there is no file or folder " + path);
        }
        var manifests = new ArrayList<ManifestDocument>();
        for (Path file : new ManifestFinder(path).walk().files()) {
            try {
                manifests.add(new ManifestDocument(file.getFileName().toString(), Files.readString(file)));
            } catch (IOException e) {
                throw new CannotDo(ExitCode.NO_VERDICT, "cannot read " + file + ": " + FileFailure.of(e));
            }
        }
        if (manifests.isEmpty()) {
            throw new CannotDo(ExitCode.NO_PACKAGES, "no lockfile or SBOM is known by its name in " + path);
        }
        return manifests;
    }
}
