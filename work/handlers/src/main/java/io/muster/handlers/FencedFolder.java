package io.muster.handlers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// Files that workers share, each guarded by the highest fence that wrote it: a run whose job was
/// given to another worker meanwhile cannot write over what that one wrote.
///
/// Beside the file `name` the folder keeps `.name.fence`. A write compares, raises the fence and
/// exchanges the file under a lock of the folder (`.lock`), which holds among processes too. The fence
/// is raised first: a writer that dies in between leaves the old text, and nobody before it can write
/// any more.
final class FencedFolder {
    private final Path folder;

    /// The lock of the file system is one for each process.
    private final ReentrantLock ours = new ReentrantLock();

    FencedFolder(Path folder) {
        this.folder = folder;
    }

    /// What became of a write.
    sealed interface Answer {
        /// The file holds the text.
        record Written() implements Answer {}

        /// A run with the fence `by`, which is higher, wrote before.
        record Refused(String by) implements Answer {}
    }

    /// Writes a whole file, unless a higher fence wrote it.
    Answer write(String name, String text, String fence) throws IOException {
        Files.createDirectories(folder);
        ours.lock();
        try (var channel =
                        FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            Path mark = folder.resolve("." + name + ".fence");
            String highest = Files.exists(mark) ? Files.readString(mark) : "";
            if (highest.compareTo(fence) > 0) {
                return new Answer.Refused(highest);
            }
            exchange(mark, fence);
            exchange(folder.resolve(name), text);
            return new Answer.Written();
        } finally {
            ours.unlock();
        }
    }

    /// A reader sees the old text or the new one, never a part.
    private static void exchange(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
