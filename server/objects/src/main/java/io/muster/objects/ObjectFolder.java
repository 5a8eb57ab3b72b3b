package io.muster.objects;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.references.ObjectId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of an [ObjectStore].
///
/// ```
///   <folder>/incoming/<digest>      what is being received; emptied at every start
///   <folder>/3f/<digest>            an object, in the folder of its first two digits
///   <folder>/3f/<digest>.sums       the sums of its pieces
///   <folder>/damaged/<digest>       one that was not what was stored, kept to be looked at
/// ```
///
/// The sums get their name before the object does: an object that has its name is whole, synced and has its sums. What
/// a crash leaves half done is removed at the next start.
final class ObjectFolder {
    /// Damaged objects that are kept to be looked at: the disk that damages objects is not to be filled with them.
    private static final int MAX_DAMAGED = 3;

    private static final String SUMS = ".sums";

    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    private static final Logger log = LoggerFactory.getLogger(ObjectFolder.class);

    private final Path folder;
    private final Path incoming;
    private final Path damaged;
    private final FileAttribute<?>[] ofFiles;
    private final FileAttribute<?>[] ofFolders;

    ObjectFolder(Path folder) {
        this.folder = folder;
        this.incoming = folder.resolve("incoming");
        this.damaged = folder.resolve("damaged");
        boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        ofFiles = attributes(isPosix, "rw-------");
        ofFolders = attributes(isPosix, "rwx------");
    }

    private static FileAttribute<?>[] attributes(boolean isPosix, String mode) {
        return isPosix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    /// Makes the folders, removes what a crash left, and lists the objects with their sums.
    Map<ObjectId, PieceSums> open() throws IOException {
        for (Path each : List.of(folder, incoming, damaged)) {
            Files.createDirectories(each, ofFolders);
        }
        for (Path left : files(incoming)) {
            Files.delete(left);
        }
        var held = new TreeMap<ObjectId, PieceSums>();
        for (Path shard : files(folder)) {
            if (String.valueOf(shard.getFileName()).matches("[0-9a-f]{2}")) {
                for (Path file : files(shard)) {
                    look(file, held);
                }
            }
        }
        return held;
    }

    private void look(Path file, Map<ObjectId, PieceSums> held) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(SUMS)) {
            if (!Files.exists(file.resolveSibling(name.substring(0, name.length() - SUMS.length())))) {
                Files.deleteIfExists(file);
            }
            return;
        }
        if (!ObjectId.isDigest(name)) {
            log.warn("file among the objects passed over path={}", file);
            return;
        }
        if (!Files.exists(sums(name))) {
            // It was being removed when the node died.
            Files.delete(file);
            return;
        }
        try {
            var sums = readSums(name);
            if (sums.bytes() != Files.size(file)) {
                throw new MalformedException("its sums are of " + sums.bytes() + " bytes, it has " + Files.size(file));
            }
            held.put(new ObjectId(name, sums.bytes()), sums);
        } catch (IOException | MalformedException e) {
            quarantine(name, String.valueOf(e.getMessage()));
        }
    }

    private PieceSums readSums(String digest) throws IOException {
        Path file = sums(digest);
        if (Files.size(file) > PieceSums.maxBytes()) {
            throw new MalformedException("its sums are too long");
        }
        return PieceSums.decode(Files.readAllBytes(file));
    }

    /// An empty file for an object that is on its way.
    FileChannel create(String digest) throws IOException {
        return FileChannel.open(incoming.resolve(digest), NEW, ofFiles);
    }

    /// Gives what was received its name. When this returns, object, sums and both names are on the disk.
    void keep(String digest, FileChannel content, PieceSums sums) throws IOException {
        content.force(true);
        Path shard = shard(digest);
        if (!Files.isDirectory(shard)) {
            Files.createDirectories(shard, ofFolders);
            sync(folder);
        }
        Path temporary = incoming.resolve(digest + SUMS);
        try (var channel = FileChannel.open(temporary, NEW, ofFiles)) {
            write(channel, sums.encode());
            channel.force(true);
        }
        Files.move(temporary, sums(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.move(
                incoming.resolve(digest),
                file(digest),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        sync(shard);
    }

    private static void write(FileChannel channel, Bytes bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes.array());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /// Removes what was received of an object.
    void discard(String digest) {
        try {
            Files.deleteIfExists(incoming.resolve(digest));
            Files.deleteIfExists(incoming.resolve(digest + SUMS));
        } catch (IOException e) {
            log.warn("part of an object not removed digest={} cause=\"{}\"", digest, e.toString());
        }
    }

    /// Removes an object.
    void delete(String digest) throws IOException {
        Files.deleteIfExists(file(digest));
        Files.deleteIfExists(sums(digest));
    }

    /// Takes an object out of use.
    void quarantine(String digest, String reason) throws IOException {
        log.error("object damaged digest={} reason=\"{}\" kept={}", digest, reason, damaged);
        Files.move(file(digest), damaged.resolve(digest), StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(sums(digest));
        var kept = new TreeMap<Long, Path>(Comparator.reverseOrder());
        for (Path each : files(damaged)) {
            kept.put(Files.getLastModifiedTime(each).toMillis(), each);
        }
        for (Path old : kept.values().stream().skip(MAX_DAMAGED).toList()) {
            Files.delete(old);
        }
    }

    /// Where the bytes of an object are.
    Path file(String digest) {
        return shard(digest).resolve(digest);
    }

    private Path sums(String digest) {
        return shard(digest).resolve(digest + SUMS);
    }

    private Path shard(String digest) {
        return folder.resolve(digest.substring(0, 2));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
