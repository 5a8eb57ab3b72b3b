package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.log.SnapshotMeta;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The snapshots that are being sent to other nodes. Each is open for as long as it is pinned: the operating system
/// keeps an open file when its name is gone, so a transfer ends with the snapshot it began with, however many are
/// written meanwhile (T26). Owned by one thread.
final class StreamedSnapshots implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StreamedSnapshots.class);

    private final SnapshotFolder folder;
    private final Map<Long, Open> open = new HashMap<>();
    private long sent;

    private record Open(FileChannel channel, long bytes) {}

    StreamedSnapshots(SnapshotFolder folder) {
        this.folder = folder;
    }

    /// Holds these open from now on, and no others.
    void pin(SortedSet<Long> indexes) {
        for (long lastIndex : List.copyOf(open.keySet())) {
            if (!indexes.contains(lastIndex)) {
                close(Objects.requireNonNull(open.remove(lastIndex), "just seen"));
            }
        }
        for (long lastIndex : indexes) {
            try {
                source(lastIndex);
            } catch (IOException e) {
                log.warn("snapshot not opened index={} reason=\"{}\"", lastIndex, e.toString());
            }
        }
    }

    /// Reads a piece; nothing where the snapshot is not there any more or cannot be read.
    Optional<Bytes> read(SnapshotStore.PieceWanted wanted) {
        try {
            Optional<Open> source = source(wanted.lastIndex());
            if (source.isEmpty()) {
                return Optional.empty();
            }
            FileChannel channel = source.get().channel();
            long left = source.get().bytes() - wanted.offset();
            if (wanted.offset() < 0 || left <= 0) {
                return Optional.empty();
            }
            var buffer = ByteBuffer.allocate((int) Math.min(wanted.maxBytes(), left));
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, wanted.offset() + buffer.position()) < 0) {
                    throw new EOFException("it became shorter");
                }
            }
            sent += isLast(wanted, buffer.capacity()) ? 1 : 0;
            return Optional.of(Bytes.wrap(buffer.array()));
        } catch (IOException e) {
            log.warn("snapshot not read index={} reason=\"{}\"", wanted.lastIndex(), e.toString());
            return Optional.empty();
        }
    }

    /// Whether the file ends with the `length` bytes that were read for `wanted`.
    boolean isLast(SnapshotStore.PieceWanted wanted, int length) {
        Open source = open.get(wanted.lastIndex());
        return source != null && wanted.offset() + length == source.bytes();
    }

    /// How many last pieces were read.
    long sent() {
        return sent;
    }

    @Override
    public void close() {
        open.values().forEach(StreamedSnapshots::close);
        open.clear();
    }

    private Optional<Open> source(long lastIndex) throws IOException {
        Open known = open.get(lastIndex);
        if (known != null) {
            return Optional.of(known);
        }
        for (SnapshotMeta meta : folder.kept()) {
            if (meta.lastIndex() == lastIndex) {
                FileChannel channel = FileChannel.open(folder.file(lastIndex), StandardOpenOption.READ);
                var source = new Open(channel, channel.size());
                open.put(lastIndex, source);
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }

    private static void close(Open source) {
        try {
            source.channel().close();
        } catch (IOException e) {
            log.warn("snapshot not closed reason=\"{}\"", e.toString());
        }
    }
}
