package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.Invariant;
import io.muster.log.ClusterId;
import io.muster.log.SnapshotMeta;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32C;

/// Writes one snapshot file from its begin to its end; what a file holds is in [SnapshotFormat]. Owned by one thread.
final class SnapshotFileWriter implements AutoCloseable {
    /// Synced in steps, since a sync of the log waits for what the file system has gathered of this file: with steps of
    /// this size the wait stays within that of a large batch.
    static final long SYNC_BYTES = 8 << 20;

    private final FileChannel channel;
    private final CRC32C whole = new CRC32C();
    private long bytes;
    private long unsynced;
    private long chunks;

    private SnapshotFileWriter(FileChannel channel) {
        this.channel = channel;
    }

    /// Begins `file`, which must not be there yet.
    static SnapshotFileWriter create(Path file, ClusterId cluster, int group, SnapshotMeta meta) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var writer = new SnapshotFileWriter(FileChannel.open(file, options, OwnerOnly.file(file)));
        try {
            writer.write(SnapshotFormat.header(cluster, group, meta));
            return writer;
        } catch (IOException e) {
            writer.close();
            throw e;
        }
    }

    /// Adds the next chunk of the section `name`.
    void add(String name, Bytes chunk) throws IOException {
        Invariant.check(chunk.size() <= SnapshotFormat.MAX_CHUNK_BYTES, "a section comes in chunks");
        write(SnapshotFormat.chunkHead(name, chunk, Checksum.of(chunk.array())));
        write(chunk.array());
        chunks++;
    }

    /// Ends the file and syncs it; answers how long it is.
    long finish() throws IOException {
        write(SnapshotFormat.footer(chunks));
        write(ByteBuffer.allocate(Integer.BYTES).putInt((int) whole.getValue()).array());
        channel.force(true);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write(byte[] part) throws IOException {
        whole.update(part);
        var buffer = ByteBuffer.wrap(part);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        bytes += part.length;
        unsynced += part.length;
        if (unsynced >= SYNC_BYTES) {
            channel.force(false);
            unsynced = 0;
        }
    }
}
