package io.muster.catalog;

import io.muster.encoding.MalformedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The folder in which snapshots of the advisory database live.
///
/// ```
///  <folder>/current            the digest of the snapshot in use, one line
///  <folder>/<64 hex>.advisories  a snapshot, never changed once it has its name
///  <folder>/lock               held while importing
///  <folder>/importing.tmp      the snapshot being written; left by a crash, it is overwritten by the next import
/// ```
///
/// An import writes and syncs a temporary file, renames it to its digest, syncs the folder, and only
/// then names it in `current` in the same way. A reader that opens the store sees the old snapshot or
/// the new one, whole.
public final class AdvisoryStore {

    /// How many snapshots stay; the older ones go when a new one comes, so that the disk does not fill unseen.
    public static final int MAX_SNAPSHOTS = 5;

    private static final String SUFFIX = ".advisories";
    private static final String SCHEME = "sha256:";

    private final Path folder;

    private AdvisoryStore(Path folder) {
        this.folder = folder;
    }

    /// The store in `folder`, which need not exist before the first import.
    public static AdvisoryStore at(Path folder) {
        return new AdvisoryStore(folder);
    }

    /// Whether `folder` holds an imported database, as opposed to advisories to be read.
    public static boolean isStore(Path folder) {
        return Files.isRegularFile(folder.resolve("current"));
    }

    /// Opens the snapshot in use; throws [NoSuchFileException] before the first import.
    public IndexedDatabase open() throws IOException {
        return open(currentDigest()
                .orElseThrow(() -> new NoSuchFileException(
                        folder.toString(),
                        null,
                        "no advisories were imported here yet: run `muster advisories import`")));
    }

    /// Opens the snapshot with this digest.
    public IndexedDatabase open(String digest) throws IOException {
        return IndexedDatabase.open(file(digest));
    }

    /// The file of the snapshot in use, to be copied elsewhere; empty before the first import.
    public Optional<DatabaseSnapshot> current() throws IOException {
        Optional<String> digest = currentDigest();
        return digest.isPresent() ? Optional.of(snapshot(file(digest.get()))) : Optional.empty();
    }

    /// Opens the snapshot with this digest if it is here and is what its name says. One that is not is removed.
    public Optional<AdvisoryDatabase> openKept(String digest) throws IOException {
        Path file = file(digest);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(checked(digest, file));
        } catch (MalformedException e) {
            Files.delete(file);
            return Optional.empty();
        }
    }

    /// Where a snapshot may be written that comes from elsewhere, before [#adopt].
    public Path incoming(String digest) throws IOException {
        Files.createDirectories(folder);
        return folder.resolve(file(digest).getFileName() + ".tmp");
    }

    /// Takes a snapshot in that came from elsewhere, if it is what its name says, and opens it. It is not put in use.
    ///
    /// Throws [MalformedException] for one that is not, which is removed.
    public AdvisoryDatabase adopt(String digest, Path incoming) throws IOException {
        try {
            checked(digest, incoming).close();
        } catch (MalformedException e) {
            Files.delete(incoming);
            throw e;
        }
        Files.move(incoming, file(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return IndexedDatabase.open(file(digest));
    }

    /// Removes a snapshot that is not needed any more.
    public void drop(String digest) throws IOException {
        Files.deleteIfExists(file(digest));
    }

    private static IndexedDatabase checked(String digest, Path file) throws IOException {
        var database = IndexedDatabase.open(file);
        String found = database.digest().substring(SCHEME.length());
        if (!digest.endsWith(found)) {
            database.close();
            throw new MalformedException("the set in " + file + " is " + found + " and not " + digest);
        }
        return database;
    }

    /// The digest of the snapshot in use; empty before the first import.
    public Optional<String> currentDigest() throws IOException {
        Path current = folder.resolve("current");
        return Files.exists(current) ? Optional.of(Files.readString(current).strip()) : Optional.empty();
    }

    /// The snapshots that are kept, newest first.
    public List<DatabaseSnapshot> snapshots() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            var snapshots = new ArrayList<DatabaseSnapshot>();
            for (Path file : files.filter(it -> it.toString().endsWith(SUFFIX)).toList()) {
                snapshots.add(snapshot(file));
            }
            snapshots.sort(Comparator.comparing(DatabaseSnapshot::imported)
                    .reversed()
                    .thenComparing(DatabaseSnapshot::digest));
            return List.copyOf(snapshots);
        }
    }

    private static DatabaseSnapshot snapshot(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String digest = SCHEME + name.substring(0, name.length() - SUFFIX.length());
        return new DatabaseSnapshot(
                digest, file, Files.size(file), Files.getLastModifiedTime(file).toInstant());
    }

    /// Reads all advisories below `source` into a new snapshot and puts it in use. One import at a time: while another
    /// process imports here, or where `source` holds none, this throws and changes nothing.
    public ImportReport importFrom(Path source, ImportProgress progress) throws IOException {
        Files.createDirectories(folder);
        try (var lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!isLocked(lock)) {
                throw new IOException("cannot import into " + folder + ": another import is under way there");
            }
            return importLocked(source, progress);
        }
    }

    private static boolean isLocked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private ImportReport importLocked(Path source, ImportProgress progress) throws IOException {
        Path temporary = folder.resolve("importing.tmp");
        Files.deleteIfExists(temporary);
        Import pass;
        String digest;
        int records;
        try (var earlier = earlier();
                var writer = new IndexWriter(temporary)) {
            pass = new Import(writer, earlier, progress);
            pass.take(source);
            records = writer.records();
            pass.requireAny(records);
            digest = writer.finish();
        }
        Files.move(temporary, file(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder();
        makeCurrent(digest);
        dropOldSnapshots(digest);
        return pass.report(snapshot(file(digest)), records);
    }

    private EarlierRecords earlier() throws IOException {
        Optional<String> digest = currentDigest();
        return digest.isPresent() ? EarlierRecords.openOrNone(file(digest.get())) : EarlierRecords.none();
    }

    private void makeCurrent(String digest) throws IOException {
        Path temporary = folder.resolve("current.tmp");
        Files.writeString(temporary, digest + "\n", StandardCharsets.US_ASCII);
        try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, folder.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    private void syncFolder() throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void dropOldSnapshots(String inUse) throws IOException {
        for (DatabaseSnapshot old : snapshots().stream().skip(MAX_SNAPSHOTS).toList()) {
            if (!old.digest().equals(inUse)) {
                Files.delete(old.file());
            }
        }
    }

    private Path file(String digest) {
        String hex = digest.startsWith(SCHEME) ? digest.substring(SCHEME.length()) : digest;
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "'" + digest + "' is no digest of a database, sha256: and 64 hex digits");
        }
        return folder.resolve(hex + SUFFIX);
    }
}
