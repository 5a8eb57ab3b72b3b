package io.muster.raftruntime;

import io.muster.encoding.MalformedException;
import io.muster.log.EngineException;
import io.muster.log.SnapshotMeta;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The snapshot files of a data folder. A file has the name of a snapshot only once it is whole and synced; until then
/// it has another, under which a start removes it. Owned by one thread.
final class SnapshotFolder {
    /// The newest, and one to fall back to.
    static final int KEPT = 2;

    private static final Pattern NAME = Pattern.compile("snapshot-\\d{20}\\.muster");
    private static final String WRITTEN = ".new";
    private static final String RECEIVED = ".part";

    private static final Logger log = LoggerFactory.getLogger(SnapshotFolder.class);

    private final Path folder;
    private final LogIdentity identity;
    private final ArrayList<SnapshotMeta> kept = new ArrayList<>();

    /// Looks through `folder`: removes what a killed process left half done, and what says of itself that it is no
    /// snapshot of this log.
    SnapshotFolder(Path folder, LogIdentity identity) {
        this.folder = folder;
        this.identity = identity;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                look(file);
            }
        } catch (IOException e) {
            throw new EngineException("cannot look for snapshots in " + folder + ": " + e, e);
        }
        kept.sort(Comparator.comparingLong(SnapshotMeta::lastIndex).reversed());
    }

    private void look(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.startsWith("snapshot-")) {
            return;
        }
        if (name.endsWith(WRITTEN) || name.endsWith(RECEIVED)) {
            Files.delete(file);
        } else if (NAME.matcher(name).matches()) {
            try {
                kept.add(SnapshotFileReader.meta(file, identity));
            } catch (MalformedException e) {
                removeDamaged(file, e);
            }
        }
    }

    LogIdentity identity() {
        return identity;
    }

    /// Those that are there, newest first.
    List<SnapshotMeta> kept() {
        return List.copyOf(kept);
    }

    /// The file of the snapshot that ends at `lastIndex`.
    Path file(long lastIndex) {
        return folder.resolve(String.format(Locale.ROOT, "snapshot-%020d.muster", lastIndex));
    }

    /// What it is called while this node writes it.
    Path unwritten(long lastIndex) {
        return withSuffix(lastIndex, WRITTEN);
    }

    /// What it is called while this node receives it.
    Path unreceived(long lastIndex) {
        return withSuffix(lastIndex, RECEIVED);
    }

    private Path withSuffix(long lastIndex, String suffix) {
        Path file = file(lastIndex);
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /// How many bytes all that are there have together.
    long bytes() {
        long sum = 0;
        for (SnapshotMeta meta : kept) {
            sum += bytes(meta);
        }
        return sum;
    }

    /// How large one is; 0 where it is gone.
    long bytes(SnapshotMeta meta) {
        return file(meta.lastIndex()).toFile().length();
    }

    /// When one was made, in milliseconds since 1970; 0 where it is gone.
    long writtenMillis(SnapshotMeta meta) {
        return file(meta.lastIndex()).toFile().lastModified();
    }

    /// How many bytes the disk has left for this process.
    long freeBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /// Opens a snapshot that is whole; one that is not is removed, and of one that is gone nothing is left to remove.
    Optional<SnapshotFileReader> open(SnapshotMeta meta) {
        Path file = file(meta.lastIndex());
        try {
            return Optional.of(SnapshotFileReader.open(file, identity));
        } catch (MalformedException e) {
            kept.remove(meta);
            removeDamaged(file, e);
            return Optional.empty();
        } catch (NoSuchFileException e) {
            kept.remove(meta);
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineException("cannot read the snapshot " + file + ": " + e + ": check the disk", e);
        }
    }

    /// Gives a synced file its name, durably, and removes what is older than the newest two.
    void keep(Path synced, SnapshotMeta meta) throws IOException {
        Files.move(synced, file(meta.lastIndex()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync();
        kept.removeIf(other -> other.lastIndex() == meta.lastIndex());
        kept.add(meta);
        kept.sort(Comparator.comparingLong(SnapshotMeta::lastIndex).reversed());
        while (kept.size() > KEPT) {
            Files.deleteIfExists(file(kept.removeLast().lastIndex()));
        }
    }

    /// Removes what was written and never kept.
    void removeUnwritten() throws IOException {
        try (var files = Files.newDirectoryStream(folder, "snapshot-*" + WRITTEN)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private void removeDamaged(Path file, MalformedException why) {
        log.warn("snapshot damaged, removed file={} reason=\"{}\"", file, why.getMessage());
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new EngineException("cannot remove the damaged snapshot " + file + ": " + e + ": check the disk", e);
        }
    }

    private void sync() throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
