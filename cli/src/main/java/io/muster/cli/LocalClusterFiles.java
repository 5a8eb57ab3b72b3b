package io.muster.cli;

import io.muster.node.NodeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What laying a local cluster out puts into a folder, and how to take exactly that away again.
record LocalClusterFiles(Path folder, NodeConfig layout) {

    /// Deletes what the cluster made; what else lies in the folder stays. All of its nodes must have ended.
    void withdraw() {
        try {
            for (NodeConfig.Member member : layout.members()) {
                deleteTree(folder.resolve("data").resolve(member.id().value()));
                Files.deleteIfExists(folder.resolve(member.id() + ".log"));
            }
            Files.deleteIfExists(layout.adminKey());
            Files.deleteIfExists(folder.resolve(LocalCluster.FILE));
            deleteIfEmpty(folder.resolve("data"));
            deleteIfEmpty(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete what was laid out in " + folder, e);
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> found;
        try (var files = Files.walk(tree)) {
            found = new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList());
        }
        for (Path each : found) {
            Files.delete(each);
        }
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            // Somebody else's files are in it.
        }
    }
}
