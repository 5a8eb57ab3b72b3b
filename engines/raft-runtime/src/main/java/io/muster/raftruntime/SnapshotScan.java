package io.muster.raftruntime;

import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/// One pass over a snapshot file that checks all of it: from a disk, or while it arrives. What was found before
/// damage was met can be asked for all the same.
final class SnapshotScan {
    private static final int BUFFER_BYTES = 1 << 16;

    private final CRC32C whole = new CRC32C();
    private final DataInputStream in;
    private final SortedMap<String, List<Place>> sections = new TreeMap<>();
    private SnapshotFormat.@Nullable Header header;
    private long offset;

    /// Where a chunk lies.
    record Place(long offset, int length, int checksum) {}

    SnapshotScan(InputStream from) {
        in = new DataInputStream(new CheckedInputStream(new BufferedInputStream(from, BUFFER_BYTES), whole));
    }

    /// Reads to the end; throws [MalformedException] where anything is damaged or missing, and
    /// [io.muster.log.EngineException] where it is of a version that is not known here.
    void run() throws IOException {
        header = SnapshotFormat.header(in);
        offset = header.bytes();
        try {
            long chunks = 0;
            int tag = in.readUnsignedByte();
            while (tag == SnapshotFormat.CHUNK) {
                chunk();
                chunks++;
                tag = in.readUnsignedByte();
            }
            long counted = in.readLong();
            int sum = (int) whole.getValue();
            if (tag != SnapshotFormat.FOOTER || counted != chunks || in.readInt() != sum || in.read() >= 0) {
                throw new MalformedException("its footer at " + offset + " does not match the rest");
            }
        } catch (EOFException e) {
            throw new MalformedException("it ends too early, behind " + offset + " bytes that are whole");
        }
    }

    private void chunk() throws IOException {
        byte[] name = new byte[in.readUnsignedByte()];
        in.readFully(name);
        int length = in.readInt();
        int checksum = in.readInt();
        long at = offset + 1 + 1 + name.length + Integer.BYTES + Integer.BYTES;
        if (length < 0 || length > SnapshotFormat.MAX_CHUNK_BYTES) {
            throw new MalformedException("the chunk at " + at + " says that it has " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        if (Checksum.of(bytes) != checksum) {
            throw new MalformedException("the chunk at " + at + " does not match its checksum");
        }
        sections.computeIfAbsent(new String(name, StandardCharsets.UTF_8), _ -> new ArrayList<>())
                .add(new Place(at, length, checksum));
        offset = at + length;
    }

    /// Its header, where that was whole.
    Optional<SnapshotFormat.Header> header() {
        return Optional.ofNullable(header);
    }

    /// The chunks found so far, by the name of their section.
    SortedMap<String, List<Place>> sections() {
        return Collections.unmodifiableSortedMap(sections);
    }
}
