package io.muster.raft;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The folder one node keeps its log in, held by an exclusive lock for as long as this is open.
///
/// The lock is the operating system's, so it ends with the process however the process ends; two processes writing
/// one log would vote twice in a term.
final class DataFolder implements AutoCloseable {
    private static final String LOCK_FILE = "raft.lock";
    private static final String LOG_FILE = "raft.db";
    private static final String WITNESS_FILE = "raft.witness";

    private final Path path;
    private final FileChannel lockChannel;

    private DataFolder(Path path, FileChannel lockChannel) {
        this.path = path;
        this.lockChannel = lockChannel;
    }

    /// Creates the folder where it is missing, durably, and locks it.
    static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            createDurably(folder);
            return new DataFolder(folder, lock(folder));
        } catch (IOException e) {
            throw new EngineException(
                    "cannot use " + folder + " as data folder: " + e + ": check that this user may write there", e);
        }
    }

    /// The SQLite file that is the log.
    Path log() {
        return path.resolve(LOG_FILE);
    }

    /// What SQLite has not brought into the log's file yet.
    Path wal() {
        return path.resolve(LOG_FILE + "-wal");
    }

    /// What says how much of the log was synced.
    Path witness() {
        return path.resolve(WITNESS_FILE);
    }

    /// Removes what an interrupted founding left of a log that nobody has ever used.
    void removeUnfinishedLog() {
        try {
            for (Path file :
                    List.of(log(), wal(), path.resolve(LOG_FILE + "-shm"), path.resolve(LOG_FILE + "-journal"))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new EngineException("cannot remove what is left of the log " + log() + ": " + e, e);
        }
    }

    /// Makes files created in this folder survive a power loss: their names are the folder's data, not theirs.
    void sync() {
        try {
            syncFolder(path);
        } catch (IOException e) {
            throw new EngineException("cannot sync the folder " + path + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            lockChannel.close();
        } catch (IOException e) {
            throw new EngineException("cannot release the lock of " + path + ": " + e, e);
        }
    }

    private static void createDurably(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (Files.isDirectory(folder) || parent == null) {
            return;
        }
        createDurably(parent);
        Files.createDirectories(folder);
        syncFolder(parent);
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new EngineException("the data folder " + folder
                    + " is in use by another process: stop that node, or give this one a folder of its own");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
