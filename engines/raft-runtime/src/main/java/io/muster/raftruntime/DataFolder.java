package io.muster.raftruntime;

import io.muster.encoding.Invariant;
import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.RemovedException;
import io.muster.log.StopException;
import io.muster.log.VoterId;
import io.muster.raft.FoundingStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The folder one node keeps its log in, held by an exclusive lock for as long as this is open.
///
/// The lock is the operating system's, so it ends with the process however the process ends; two processes writing
/// one log would vote twice in a term.
///
/// A folder is begun with an identity of its own, drawn by chance ([VoterFile]); the log comes later, when all founders
/// of the cluster have agreed on who they are. A folder that says that it has a log and lacks it is refused, and so is
/// one that has a log and does not say whose: whatever came in between, its voter has forgotten something.
final class DataFolder implements AutoCloseable {
    private static final String LOCK_FILE = "raft.lock";
    private static final String LOG_FILE = "raft.db";
    private static final String WITNESS_FILE = "raft.witness";
    private static final String VOTER_FILE = "raft.voter";

    /// Says why the folder's voter is no member any more.
    private static final String REMOVED_FILE = "raft.removed";

    private final Path path;
    private final FileChannel lockChannel;
    private final LogIdentity identity;
    private FoundingStatus foundingStatus;

    private DataFolder(Path path, FileChannel lockChannel, LogIdentity identity, FoundingStatus foundingStatus) {
        this.path = path;
        this.lockChannel = lockChannel;
        this.identity = identity;
        this.foundingStatus = foundingStatus;
    }

    /// Creates the folder where it is missing, durably, and locks it; throws [EngineException] where it is in use,
    /// another's, or has lost something.
    static DataFolder open(Path path, LogIdentity identity) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            createDurably(folder);
            FileChannel lockChannel = lock(folder);
            try {
                FoundingStatus foundingStatus = foundingStatus(folder, identity);
                return new DataFolder(folder, lockChannel, identity, foundingStatus);
            } catch (IOException | StopException e) {
                lockChannel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EngineException(
                    "cannot use " + folder + " as data folder: " + e + ": check that this user may write there", e);
        }
    }

    /// The cluster that the folder at `path` has a log of; empty where it has none yet.
    static Optional<ClusterId> cluster(Path path) {
        return VoterFile.cluster(path.resolve(VOTER_FILE));
    }

    LogIdentity identity() {
        return identity;
    }

    /// Where it is.
    Path path() {
        return path;
    }

    /// How far the folder's voter has come.
    FoundingStatus foundingStatus() {
        return foundingStatus;
    }

    /// Stores, durably, that the voter has come further.
    void advance(FoundingStatus next) {
        VoterFile.write(path.resolve(VOTER_FILE), identity, next);
        sync();
        foundingStatus = next;
    }

    /// Stores, durably, that the voter is no member any more, and why: the folder is refused from then on.
    void markRemoved(String reason) {
        try {
            Path file = path.resolve(REMOVED_FILE);
            Files.writeString(file, reason + "\n");
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            sync();
        } catch (IOException e) {
            throw new EngineException("cannot note in " + path + " that this node was removed: " + e, e);
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

    /// Removes what an interrupted founding left of a log that nobody has ever used; throws where the voter has a log.
    void removeUnfinishedLog() {
        Invariant.check(!foundingStatus.isFounded(), "a log that was used is never removed");
        try {
            for (Path file : List.of(
                    witness(), log(), wal(), path.resolve(LOG_FILE + "-shm"), path.resolve(LOG_FILE + "-journal"))) {
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
        Files.createDirectories(folder, OwnerOnly.folder(folder));
        syncFolder(parent);
    }

    private static FoundingStatus foundingStatus(Path folder, LogIdentity identity) throws IOException {
        Path file = folder.resolve(VOTER_FILE);
        if (Files.exists(folder.resolve(REMOVED_FILE))) {
            throw new RemovedException("the folder " + folder + " belongs to a member that was removed ("
                    + Files.readString(folder.resolve(REMOVED_FILE)).strip() + "), and cannot take part again: move it "
                    + "away; muster member invite, and muster node --join on an empty folder, make a new member");
        }
        if (Files.exists(file)) {
            return VoterFile.read(file, identity);
        }
        for (String name : List.of(LOG_FILE, LOG_FILE + "-wal", WITNESS_FILE)) {
            if (Files.exists(folder.resolve(name))) {
                throw new EngineException(
                        file + " is gone, which says whose " + name + " that is: " + SqliteFile.LOST_FOLDER);
            }
        }
        var random = new SecureRandom();
        var fresh = FoundingStatus.fresh(new VoterId(random.nextLong(), random.nextLong()));
        VoterFile.write(file, identity, fresh);
        syncFolder(folder);
        return fresh;
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel = FileChannel.open(
                folder.resolve(LOCK_FILE),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                OwnerOnly.file(folder));
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
