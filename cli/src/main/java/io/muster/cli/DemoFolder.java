package io.muster.cli;

import io.muster.node.ConfigException;
import io.muster.node.FileFailure;
import io.muster.node.PrivateFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;

/// The folder of a demonstration, empty but for the marker that says so, and this process's alone until it is closed.
///
/// Only what a demonstration made is ever deleted: a folder is taken when it is new, empty, or carries the marker, and
/// nobody holds the marker's lock nor a node's. The locks are the operating system's, so they end with their process.
final class DemoFolder implements AutoCloseable {
    static final String MARKER = ".muster-demo";

    private final Path path;
    private final FileChannel marker;

    private DemoFolder(Path path, FileChannel marker) {
        this.path = path;
        this.marker = marker;
    }

    /// Makes `folder`, or empties it where a demonstration left it.
    ///
    /// Throws [ConfigException] where it holds what no demonstration made, or is in use; then nothing was deleted.
    static DemoFolder take(Path folder) {
        try {
            requireOwn(folder);
            PrivateFolder.make(folder, MARKER);
            var marker = FileChannel.open(
                    folder.resolve(MARKER),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            var taken = new DemoFolder(folder, marker);
            try {
                taken.empty();
            } catch (IOException | RuntimeException e) {
                marker.close();
                throw e;
            }
            return taken;
        } catch (IOException e) {
            throw new ConfigException("cannot use " + folder + " for the demonstration: " + FileFailure.of(e)
                    + "; name another folder with --data");
        }
    }

    Path path() {
        return path;
    }

    /// Lets another demonstration take the folder; what is in it stays.
    @Override
    public void close() {
        try {
            marker.close();
        } catch (IOException e) {
            throw new ConfigException("cannot let go of " + path + ": " + FileFailure.of(e));
        }
    }

    private static void requireOwn(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                || Files.isRegularFile(folder.resolve(MARKER), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new ConfigException("the demonstration empties its folder, and " + folder
                        + " holds what no demonstration made: name a new folder with --data, or empty this one");
            }
        }
    }

    private void empty() throws IOException {
        requireFree(marker);
        List<Path> found;
        try (var files = Files.walk(path)) {
            found = files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(path) && !file.equals(path.resolve(MARKER)))
                    .toList();
        }
        for (Path file : found) {
            if (file.endsWith(PrivateFolder.NODE_LOCK)) {
                try (var lock = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                    requireFree(lock);
                }
            }
        }
        for (Path file : found) {
            Files.delete(file);
        }
    }

    private void requireFree(FileChannel file) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: in use like any other.
        }
        throw new ConfigException("a demonstration or one of its nodes runs in " + path
                + ": end it first, or name another folder with --data");
    }
}
