package io.muster.catalog;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Writes an index: frames as they come, then the tables, the header last. Used by one thread.
///
/// Bodies go straight to the file; the heap holds the place and keys of each record, some 300 bytes each. A file
/// without its header is no index, so a crash in the middle leaves nothing that could be mistaken for one.
final class IndexWriter implements AutoCloseable {

    private static final int BUFFER = 1 << 20;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final Map<String, Placed> placed = new HashMap<>();
    private final SortedSet<String> ecosystems = new TreeSet<>();
    private final CRC32C tablesChecksum = new CRC32C();
    private long position = IndexHeader.SIZE;
    private boolean inTables;

    /// Where the record that holds for an id stands, and the keys that lead to it; no record, because arrays of keys
    /// are a third of the size of lists.
    private static final class Placed {
        private final long offset;
        private final Instant modified;
        private final Bytes digest;
        private final long[] packageKeys;
        private final int[] entryPositions;
        private final long[] nameKeys;

        private Placed(long offset, RecordFrame frame) {
            this.offset = offset;
            modified = frame.modified();
            digest = frame.digest();
            packageKeys = frame.entries().stream().mapToLong(PackageEntry::key).toArray();
            entryPositions = frame.entryPositions();
            nameKeys = frame.nameKeys().stream().mapToLong(Long::longValue).toArray();
        }
    }

    IndexWriter(Path path) throws IOException {
        channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.position(IndexHeader.SIZE);
    }

    /// Adds a record unless one of the same id is there that holds over it.
    void add(RecordFrame frame) throws IOException {
        @Nullable Placed present = placed.get(frame.id());
        if (present != null && !frame.holdsOver(present.modified, present.digest)) {
            return;
        }
        placed.put(frame.id(), new Placed(position, frame));
        frame.entries().forEach(entry -> ecosystems.add(entry.ecosystem()));
        write(frame.encode());
    }

    /// How many records there are so far.
    int records() {
        return placed.size();
    }

    /// Writes the tables and the header, makes all of it durable, and answers the digest of the content.
    String finish() throws IOException {
        var byId = new TreeMap<>(placed);
        placed.clear();
        long tables = position;
        inTables = true;
        var digest = new DatabaseDigest();
        List<IndexRow> packages = new ArrayList<>();
        List<IndexRow> names = new ArrayList<>();
        for (var entry : byId.entrySet()) {
            Placed record = entry.getValue();
            digest.add(entry.getKey(), record.digest);
            writeLong(record.offset);
            for (int i = 0; i < record.packageKeys.length; i++) {
                packages.add(new IndexRow(record.packageKeys[i], record.offset + record.entryPositions[i]));
            }
            for (long key : record.nameKeys) {
                names.add(new IndexRow(key, record.offset));
            }
        }
        writeRows(packages);
        writeRows(names);
        byte[] spokenOf = spokenOf();
        write(spokenOf);
        flush();
        Bytes content = digest.bytes();
        var header = new IndexHeader(
                byId.size(),
                packages.size(),
                names.size(),
                tables,
                content,
                (int) tablesChecksum.getValue(),
                spokenOf.length);
        channel.write(ByteBuffer.wrap(header.encode()), 0);
        channel.force(true);
        return DatabaseDigest.text(content);
    }

    private byte[] spokenOf() {
        var writer = new BinaryWriter(512);
        writer.varint(ecosystems.size());
        ecosystems.forEach(writer::text);
        return writer.toBytes();
    }

    private void writeRows(List<IndexRow> rows) throws IOException {
        rows.sort(null);
        for (IndexRow row : rows) {
            writeLong(row.key());
            writeLong(row.offset());
        }
    }

    private void writeLong(long value) throws IOException {
        write(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private void write(byte[] bytes) throws IOException {
        if (inTables) {
            tablesChecksum.update(bytes);
        }
        position += bytes.length;
        int from = 0;
        while (from < bytes.length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int length = Math.min(buffer.remaining(), bytes.length - from);
            buffer.put(bytes, from, length);
            from += length;
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
