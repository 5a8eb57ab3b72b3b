package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.FrozenState;
import io.muster.log.OpenSnapshot;
import io.muster.log.SnapshotContents;
import io.muster.log.SnapshotMeta;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/// A snapshot as a file outside of any data folder: a backup. It is the same format as a node's own.
public final class SnapshotFile {
    private static final String UNFINISHED = ".part";

    private SnapshotFile() {}

    /// Opens `file` once all of it was checked; throws [EngineException] where it cannot be used.
    public static OpenSnapshot open(Path file) {
        try {
            SnapshotFileReader reader = SnapshotFileReader.open(file);
            return new OpenSnapshot(reader.cluster(), reader.meta(), reader);
        } catch (MalformedException e) {
            throw new EngineException(
                    file + " is damaged: " + e.getMessage() + ": use another backup, or another copy of this one");
        } catch (IOException e) {
            throw new EngineException("cannot read " + file + ": " + e, e);
        }
    }

    /// Looks through `file`, whatever is wrong with it.
    public static SnapshotContents inspect(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return inspect(in);
        }
    }

    private static SnapshotContents inspect(InputStream in) throws IOException {
        var scan = new SnapshotScan(in);
        Optional<String> damage = Optional.empty();
        try {
            scan.run();
        } catch (MalformedException | EngineException e) {
            damage = Optional.of(String.valueOf(e.getMessage()));
        }
        var parts = new ArrayList<SnapshotContents.Part>();
        scan.sections().forEach((section, places) -> {
            long bytes = places.stream().mapToLong(SnapshotScan.Place::length).sum();
            parts.add(new SnapshotContents.Part(section, places.size(), bytes));
        });
        return new SnapshotContents(
                scan.header().map(SnapshotFormat.Header::cluster),
                scan.header().map(SnapshotFormat.Header::meta),
                parts,
                damage);
    }

    /// Writes `state` as the new file `file`, for its owner alone, and syncs it. Where that fails there is no such
    /// file afterwards. What the engine keeps is not in it: who takes part in another cluster is for that to say.
    public static void write(Path file, ClusterId cluster, FrozenState state) throws IOException {
        var meta = new SnapshotMeta(state.lastIndex(), state.lastTerm(), state.lastTime(), Bytes.EMPTY);
        boolean isWritten = false;
        try (var writer = SnapshotFileWriter.create(file, cluster, LogIdentity.ONLY_GROUP, meta)) {
            state.write((section, chunk) -> add(writer, section, chunk));
            writer.finish();
            isWritten = true;
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        } finally {
            if (!isWritten) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void add(SnapshotFileWriter writer, String section, Bytes chunk) {
        try {
            writer.add(section, chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes a snapshot from `from` as it arrives, and checks each byte. Only one that is whole and synced gets the
    /// name `file`, in place of one that is there; until then it is `file` with `.part` behind it, and is removed
    /// where it turns out not to be whole. Answers what it holds.
    ///
    /// @throws EngineException where what arrived is no whole snapshot
    public static SnapshotContents receive(InputStream from, Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        boolean isWhole = false;
        try {
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            SnapshotContents found;
            try (var channel = FileChannel.open(unfinished, options, OwnerOnly.file(unfinished))) {
                found = inspect(new Copying(from, Channels.newOutputStream(channel)));
                found.damage().ifPresent(damage -> {
                    throw new EngineException("what arrived is no whole snapshot: " + damage);
                });
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            isWhole = true;
            sync(file.toAbsolutePath());
            return found;
        } finally {
            if (!isWhole) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    /// Makes the name of `file` survive a power loss.
    private static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Writes down what it is read from.
    private static final class Copying extends FilterInputStream {
        private final OutputStream copy;

        Copying(InputStream from, OutputStream copy) {
            super(from);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            if (next >= 0) {
                copy.write(next);
            }
            return next;
        }

        @Override
        public int read(byte[] to, int from, int most) throws IOException {
            int count = super.read(to, from, most);
            if (count > 0) {
                copy.write(to, from, count);
            }
            return count;
        }
    }
}
