package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;
import io.muster.log.EngineException;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/// A snapshot file that was found whole, open for reading.
final class SnapshotFileReader implements SnapshotReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final SnapshotMeta meta;
    private final Map<String, List<Place>> sections;

    /// Where a chunk lies.
    private record Place(long offset, int length, int checksum) {}

    private SnapshotFileReader(Path file, FileChannel channel, SnapshotMeta meta, Map<String, List<Place>> sections) {
        this.file = file;
        this.channel = channel;
        this.meta = meta;
        this.sections = sections;
    }

    /// Opens `file` and reads it from begin to end; throws [MalformedException] where anything in it is damaged or
    /// missing, and [EngineException] where it is whole and not for this node.
    static SnapshotFileReader open(Path file, LogIdentity identity) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            SnapshotFormat.Header header = header(channel);
            requireSame(file, header, identity);
            return new SnapshotFileReader(file, channel, header.meta(), sections(channel, header));
        } catch (EOFException e) {
            channel.close();
            throw new MalformedException("it ends too early");
        } catch (IOException | MalformedException | EngineException e) {
            channel.close();
            throw e;
        }
    }

    /// What the header of `file` says, which may be damaged behind it.
    static SnapshotMeta meta(Path file, LogIdentity identity) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            SnapshotFormat.Header header = header(channel);
            requireSame(file, header, identity);
            return header.meta();
        }
    }

    SnapshotMeta meta() {
        return meta;
    }

    @Override
    public Iterable<Bytes> section(String name) {
        List<Place> places = sections.getOrDefault(name, List.of());
        return () -> {
            Iterator<Place> left = places.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return left.hasNext();
                }

                @Override
                public Bytes next() {
                    return read(left.next());
                }
            };
        };
    }

    /// The names of all sections with how many bytes each has, sorted.
    Map<String, Long> sizes() {
        var sizes = new TreeMap<String, Long>();
        sections.forEach((name, places) ->
                sizes.put(name, places.stream().mapToLong(Place::length).sum()));
        return sizes;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EngineException("cannot close the snapshot " + file + ": " + e, e);
        }
    }

    private Bytes read(Place place) {
        var buffer = ByteBuffer.allocate(place.length());
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, place.offset() + buffer.position()) < 0) {
                    throw new EOFException("it ends too early");
                }
            }
        } catch (IOException e) {
            throw new EngineException("cannot read the snapshot " + file + ": " + e + ": check the disk", e);
        }
        if (Checksum.of(buffer.array()) != place.checksum()) {
            throw new EngineException("the snapshot " + file + " was whole a moment ago, and at " + place.offset()
                    + " does not match its checksum any more: check the disk");
        }
        return Bytes.wrap(buffer.array());
    }

    private static SnapshotFormat.Header header(FileChannel channel) throws IOException {
        var begin = ByteBuffer.allocate((int) Math.min(channel.size(), SnapshotFormat.mostHeaderBytes()));
        while (begin.hasRemaining() && channel.read(begin, begin.position()) >= 0) {
            // Until all of it is there.
        }
        return SnapshotFormat.header(Arrays.copyOf(begin.array(), begin.position()));
    }

    private static void requireSame(Path file, SnapshotFormat.Header header, LogIdentity identity) {
        if (!header.cluster().equals(identity.cluster()) || header.group() != identity.group()) {
            throw new EngineException("the snapshot " + file + " belongs to cluster " + header.cluster() + ", group "
                    + header.group() + ", not to cluster " + identity.cluster() + ", group " + identity.group()
                    + ": take it away from here");
        }
    }

    private static Map<String, List<Place>> sections(FileChannel channel, SnapshotFormat.Header header)
            throws IOException {
        var whole = new CRC32C();
        var in = new DataInputStream(new CheckedInputStream(
                new BufferedInputStream(Channels.newInputStream(channel.position(0)), BUFFER_BYTES), whole));
        in.skipNBytes(header.bytes());
        var sections = new TreeMap<String, List<Place>>();
        long offset = header.bytes();
        long chunks = 0;
        int tag = in.readUnsignedByte();
        while (tag == SnapshotFormat.CHUNK) {
            byte[] name = new byte[in.readUnsignedByte()];
            in.readFully(name);
            int length = in.readInt();
            int checksum = in.readInt();
            offset += 1 + 1 + name.length + 4 + 4;
            if (length < 0 || length > SnapshotFormat.MAX_CHUNK_BYTES || length > channel.size() - offset) {
                throw new MalformedException("a chunk at " + offset + " is longer than the file");
            }
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            if (Checksum.of(bytes) != checksum) {
                throw new MalformedException("the chunk at " + offset + " does not match its checksum");
            }
            sections.computeIfAbsent(new String(name, StandardCharsets.UTF_8), _ -> new ArrayList<>())
                    .add(new Place(offset, length, checksum));
            offset += length;
            chunks++;
            tag = in.readUnsignedByte();
        }
        long counted = in.readLong();
        int sum = (int) whole.getValue();
        if (tag != SnapshotFormat.FOOTER || counted != chunks || in.readInt() != sum || in.read() >= 0) {
            throw new MalformedException("its footer does not match the rest");
        }
        return sections;
    }
}
