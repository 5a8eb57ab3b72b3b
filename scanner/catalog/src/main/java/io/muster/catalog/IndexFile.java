package io.muster.catalog;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// An index file mapped into memory: frames by offset, offsets by key. Immutable, and safe for many threads.
///
/// A contradiction in the file is a [MalformedException]; frames and entries are checked each time they
/// are read, the tables once when the file is opened.
final class IndexFile implements AutoCloseable {

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int CHECK_SLICE = 1 << 20;

    private final Arena arena;
    private final MemorySegment file;
    private final IndexHeader header;

    private IndexFile(Arena arena, MemorySegment file) {
        this.arena = arena;
        this.file = file;
        header = IndexHeader.decode(bytes(0, IndexHeader.SIZE));
        if (header.records() < 0 || header.packageRows() < 0 || header.nameRows() < 0 || header.ecosystemBytes() < 0) {
            throw new MalformedException("an advisory index with a negative count");
        }
        if (header.tables() < IndexHeader.SIZE || header.end() != file.byteSize()) {
            throw new MalformedException(
                    "an advisory index of " + file.byteSize() + " bytes that should have " + header.end());
        }
        if (header.tablesChecksum() != checksum(header.tables(), header.end())) {
            throw new MalformedException("the tables of the advisory index do not have their checksum");
        }
    }

    static IndexFile open(Path path) throws IOException {
        var arena = Arena.ofShared();
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new IndexFile(arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    IndexHeader header() {
        return header;
    }

    /// The offset of the record that comes `ordinal`-th by id.
    long offset(int ordinal) {
        return file.get(LONG, header.tables() + (long) ordinal * Long.BYTES);
    }

    /// The digest of the document from which the record at `offset` was read; not checked, for it is only a hint.
    Bytes source(long offset) {
        return Bytes.wrap(bytes(offset + RecordFrame.PREFIX, RecordFrame.DIGEST));
    }

    /// The bytes of a frame, or of an entry of one, from its length on; their decoder checks their checksum.
    byte[] framed(long offset) {
        if (offset < IndexHeader.SIZE || offset > header.tables() - RecordFrame.PREFIX) {
            throw new MalformedException("no record can stand at " + offset + " of the advisory index");
        }
        int length = file.get(INT, offset);
        if (length < Integer.BYTES || length > RecordFrame.MAX_BYTES || offset + length > header.tables()) {
            throw new MalformedException("a record of " + length + " bytes at " + offset + " of the advisory index");
        }
        return bytes(offset, length + Integer.BYTES);
    }

    /// The offsets of the entries of a package key, ascending, so that those of one record follow each other.
    long[] entryOffsets(long key) {
        return offsets(header.packages(), header.packageRows(), key);
    }

    /// The offsets of the records that bear a name key, ascending.
    long[] nameOffsets(long key) {
        return offsets(header.names(), header.nameRows(), key);
    }

    /// The ecosystems of which records speak, with their releases, each once.
    List<String> ecosystems() {
        var reader = BinaryReader.over(bytes(header.ecosystems(), header.ecosystemBytes()));
        List<String> names = new ArrayList<>();
        for (int left = reader.count(header.ecosystemBytes()); left > 0; left--) {
            names.add(RecordCodec.text(reader));
        }
        reader.end();
        return List.copyOf(names);
    }

    private long[] offsets(long table, int rows, long key) {
        int first = firstAtOrAfter(table, rows, key);
        int end = first;
        while (end < rows && key(table, end) == key) {
            end++;
        }
        long[] offsets = new long[end - first];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = file.get(LONG, table + (long) (first + i) * IndexRow.SIZE + Long.BYTES);
        }
        return offsets;
    }

    private int firstAtOrAfter(long table, int rows, long key) {
        int low = 0;
        int high = rows;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (key(table, middle) < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long key(long table, int row) {
        return file.get(LONG, table + (long) row * IndexRow.SIZE);
    }

    private byte[] bytes(long offset, int length) {
        if (offset + length > file.byteSize()) {
            throw new MalformedException("an advisory index cut short at " + file.byteSize() + " bytes");
        }
        return file.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private int checksum(long from, long to) {
        var crc = new CRC32C();
        for (long at = from; at < to; at += CHECK_SLICE) {
            crc.update(bytes(at, (int) Math.min(CHECK_SLICE, to - at)));
        }
        return (int) crc.getValue();
    }

    /// Unmaps the file; reading afterwards is a bug and throws.
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
