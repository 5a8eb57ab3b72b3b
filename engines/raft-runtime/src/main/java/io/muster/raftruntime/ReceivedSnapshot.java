package io.muster.raftruntime;

import io.muster.log.SnapshotMeta;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A snapshot that another node sends, as far as it has arrived. It lives no longer than the process: a
/// node that starts again has it sent from the begin. Owned by one thread.
final class ReceivedSnapshot implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReceivedSnapshot.class);

    private final Path file;
    private final SnapshotMeta meta;
    private final FileChannel channel;
    private long bytes;
    private long unsynced;

    private ReceivedSnapshot(Path file, SnapshotMeta meta, FileChannel channel) {
        this.file = file;
        this.meta = meta;
        this.channel = channel;
    }

    /// Begins to gather the snapshot `meta` in `file`.
    static ReceivedSnapshot begin(Path file, SnapshotMeta meta) throws IOException {
        Files.deleteIfExists(file);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new ReceivedSnapshot(file, meta, FileChannel.open(file, options, OwnerOnly.file(file)));
    }

    Path file() {
        return file;
    }

    SnapshotMeta meta() {
        return meta;
    }

    /// How much of it has arrived.
    long bytes() {
        return bytes;
    }

    /// Whether `piece` goes on where the ones before it ended.
    boolean isNext(SnapshotStore.Piece piece) {
        return meta.equals(piece.meta()) && piece.offset() == bytes;
    }

    /// Takes the next piece.
    void add(SnapshotStore.Piece piece) throws IOException {
        var buffer = ByteBuffer.wrap(piece.bytes().array());
        while (buffer.hasRemaining()) {
            channel.write(buffer, bytes + buffer.position());
        }
        bytes += piece.bytes().size();
        unsynced += piece.bytes().size();
        if (unsynced >= SnapshotFileWriter.SYNC_BYTES) {
            channel.force(false);
            unsynced = 0;
        }
    }

    /// Syncs and closes the file.
    void finish() throws IOException {
        channel.force(true);
        channel.close();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.warn("unfinished snapshot not closed file={} reason=\"{}\"", file, e.toString());
        }
    }
}
