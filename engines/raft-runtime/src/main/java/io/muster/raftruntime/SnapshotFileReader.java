package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;
import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// A snapshot file that was found whole, open for reading.
final class SnapshotFileReader implements SnapshotReader {
    private final Path file;
    private final FileChannel channel;
    private final SnapshotFormat.Header header;
    private final Map<String, List<SnapshotScan.Place>> sections;

    private SnapshotFileReader(
            Path file,
            FileChannel channel,
            SnapshotFormat.Header header,
            Map<String, List<SnapshotScan.Place>> sections) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.sections = sections;
    }

    /// Opens `file` and reads it from begin to end; throws [MalformedException] where anything in it is damaged or
    /// missing, and [EngineException] where it is whole and not for this node.
    static SnapshotFileReader open(Path file, LogIdentity identity) throws IOException {
        SnapshotFileReader reader = open(file);
        try {
            requireSame(file, reader.header, identity);
            return reader;
        } catch (EngineException e) {
            reader.close();
            throw e;
        }
    }

    /// The same of any cluster.
    static SnapshotFileReader open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            var scan = new SnapshotScan(Channels.newInputStream(channel));
            scan.run();
            return new SnapshotFileReader(file, channel, scan.header().orElseThrow(), scan.sections());
        } catch (IOException | MalformedException | EngineException e) {
            channel.close();
            throw e;
        }
    }

    /// What the header of `file` says, which may be damaged behind it.
    static SnapshotMeta meta(Path file, LogIdentity identity) throws IOException {
        try (var in = Files.newInputStream(file)) {
            SnapshotFormat.Header header = SnapshotFormat.header(in);
            requireSame(file, header, identity);
            return header.meta();
        }
    }

    SnapshotMeta meta() {
        return header.meta();
    }

    /// Which cluster it is of.
    ClusterId cluster() {
        return header.cluster();
    }

    @Override
    public Iterable<Bytes> section(String name) {
        List<SnapshotScan.Place> places = sections.getOrDefault(name, List.of());
        return () -> {
            Iterator<SnapshotScan.Place> left = places.iterator();
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

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EngineException("cannot close the snapshot " + file + ": " + e, e);
        }
    }

    private Bytes read(SnapshotScan.Place place) {
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

    private static void requireSame(Path file, SnapshotFormat.Header header, LogIdentity identity) {
        if (!header.cluster().equals(identity.cluster()) || header.group() != identity.group()) {
            throw new EngineException("the snapshot " + file + " belongs to cluster " + header.cluster() + ", group "
                    + header.group() + ", not to cluster " + identity.cluster() + ", group " + identity.group()
                    + ": take it away from here");
        }
    }
}
