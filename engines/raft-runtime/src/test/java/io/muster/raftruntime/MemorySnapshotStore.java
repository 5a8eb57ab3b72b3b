package io.muster.raftruntime;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.log.EngineException;
import io.muster.log.FrozenState;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Snapshots that live as long as their object. It answers within the call, on the caller's thread.
final class MemorySnapshotStore implements SnapshotStore {
    private static final int KEPT = 2;
    private static final int MAX_BYTES = 1 << 28;

    private final TreeMap<Long, Image> images = new TreeMap<>(Comparator.reverseOrder());
    private final Map<Long, Image> pinned = new HashMap<>();
    private BinaryWriter received = new BinaryWriter();
    private @Nullable SnapshotMeta receiving;
    private @Nullable Image written;
    private @Nullable Listener listener;

    /// A snapshot as one row of bytes, the last four of which are the checksum of all that it is.
    private record Image(SnapshotMeta meta, Bytes bytes) implements SnapshotReader {
        static Image of(SnapshotMeta meta, BinaryWriter content) {
            int checksum = checksum(meta, Bytes.wrap(content.toBytes()));
            return new Image(meta, Bytes.wrap(content.i32(checksum).toBytes()));
        }

        private static int checksum(SnapshotMeta meta, Bytes content) {
            return new BinaryWriter()
                    .i64(meta.lastIndex())
                    .i64(meta.lastTerm())
                    .raw(meta.engine().array())
                    .raw(content.array())
                    .checksumFrom(0);
        }

        private BinaryReader content() {
            return BinaryReader.over(bytes.array(), 0, bytes.size() - Integer.BYTES);
        }

        boolean isWhole() {
            int end = bytes.size() - Integer.BYTES;
            return end >= 0
                    && BinaryReader.over(bytes.array(), end, Integer.BYTES).i32()
                            == checksum(meta, Bytes.wrap(content().raw(end)));
        }

        @Override
        public Iterable<Bytes> section(String name) {
            var chunks = new ArrayList<Bytes>();
            var reader = content();
            while (reader.remaining() > 0) {
                String section = reader.text(MAX_BYTES);
                Bytes chunk = reader.bytes(MAX_BYTES);
                if (section.equals(name)) {
                    chunks.add(chunk);
                }
            }
            return chunks;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @Override
    public List<SnapshotMeta> kept() {
        return images.values().stream().map(Image::meta).toList();
    }

    @Override
    public Optional<SnapshotReader> open(SnapshotMeta meta) {
        return Optional.ofNullable(images.get(meta.lastIndex()));
    }

    @Override
    public void start(Listener to) {
        listener = to;
    }

    @Override
    public void write(SnapshotMeta meta, FrozenState state) {
        var writer = new BinaryWriter();
        try (state) {
            state.write((section, chunk) -> writer.text(section).blob(chunk));
        } catch (EngineException e) {
            listener().notWritten(String.valueOf(e.getMessage()));
            return;
        }
        written = Image.of(meta, writer);
        listener().written(meta);
    }

    @Override
    public void keep(SnapshotMeta meta) {
        keep(Objects.requireNonNull(written, "it was written"));
        written = null;
        listener().kept(kept());
    }

    private void keep(Image image) {
        images.put(image.meta().lastIndex(), image);
        while (images.size() > KEPT) {
            images.pollLastEntry();
        }
    }

    @Override
    public void pin(SortedSet<Long> indexes) {
        pinned.keySet().retainAll(indexes);
        for (long index : indexes) {
            Image image = images.get(index);
            if (image != null) {
                pinned.putIfAbsent(index, image);
            }
        }
    }

    @Override
    public void read(PieceWanted wanted) {
        Image image = pinned.get(wanted.lastIndex());
        if (image == null || wanted.offset() >= image.bytes().size()) {
            return;
        }
        int from = Math.toIntExact(wanted.offset());
        int length = Math.min(wanted.maxBytes(), image.bytes().size() - from);
        byte[] piece = BinaryReader.over(image.bytes().array(), from, length).raw(length);
        boolean isLast = from + length == image.bytes().size();
        listener().pieceRead(wanted.ticket(), Bytes.wrap(piece), isLast);
    }

    @Override
    public void receive(Piece piece) {
        if (piece.offset() == 0) {
            received = new BinaryWriter();
            receiving = piece.meta();
        }
        if (received.size() != piece.offset() || !piece.meta().equals(receiving)) {
            receiving = null;
            listener().pieceRefused(piece.ticket());
            return;
        }
        received.raw(piece.bytes().array());
        if (!piece.isLast()) {
            listener().pieceStored(piece.ticket());
            return;
        }
        receiving = null;
        var image = new Image(piece.meta(), Bytes.wrap(received.toBytes()));
        if (image.isWhole()) {
            keep(image);
            listener().received(piece.meta(), image, kept());
        } else {
            listener().pieceRefused(piece.ticket());
        }
    }

    @Override
    public SnapshotMetrics metrics() {
        return SnapshotMetrics.NONE;
    }

    @Override
    public void close() {
        listener = null;
        receiving = null;
        written = null;
        pinned.clear();
    }

    private Listener listener() {
        return Objects.requireNonNull(listener, "started");
    }
}
