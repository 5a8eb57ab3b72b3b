package io.muster.raftruntime;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.log.FrozenState;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Snapshots that live as long as their object. It answers within the call, on the caller's thread.
final class MemorySnapshotStore implements SnapshotStore {
    private static final int MAX_BYTES = 1 << 28;

    private final TreeMap<Long, Image> images = new TreeMap<>(Comparator.reverseOrder());
    private SnapshotMeta receiving = SnapshotEvents.meta(1);
    private @Nullable Image written;
    private BinaryWriter received = new BinaryWriter();
    private @Nullable Listener listener;

    /// A snapshot as one row of bytes.
    private record Image(SnapshotMeta meta, Bytes bytes) implements SnapshotReader {
        @Override
        public Iterable<Bytes> section(String name) {
            var chunks = new ArrayList<Bytes>();
            var reader = BinaryReader.over(bytes.array());
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
        try (state) {
            var writer = new BinaryWriter();
            state.write((section, chunk) -> writer.text(section).blob(chunk));
            written = new Image(meta, Bytes.wrap(writer.toBytes()));
        }
        listener().written(meta);
    }

    @Override
    public void keep(SnapshotMeta meta) {
        keep(Objects.requireNonNull(written, "it was written"));
        listener().kept(kept());
    }

    private void keep(Image image) {
        images.put(image.meta().lastIndex(), image);
        while (images.size() > 2) {
            images.pollLastEntry();
        }
    }

    @Override
    public void pin(SortedSet<Long> indexes) {
        // A test that needs it uses the files.
    }

    @Override
    public void read(PieceWanted wanted) {
        Image image = images.get(wanted.lastIndex());
        if (image != null) {
            int from = Math.toIntExact(wanted.offset());
            int length = Math.min(wanted.maxBytes(), image.bytes().size() - from);
            byte[] piece =
                    BinaryReader.over(image.bytes().array(), from, length).raw(length);
            listener()
                    .pieceRead(
                            wanted.ticket(),
                            Bytes.wrap(piece),
                            from + length == image.bytes().size());
        }
    }

    @Override
    public void receive(Piece piece) {
        if (piece.offset() == 0) {
            received = new BinaryWriter();
            receiving = piece.meta();
        }
        if (received.size() != piece.offset() || !receiving.equals(piece.meta())) {
            listener().pieceRefused(piece.ticket());
            return;
        }
        received.raw(piece.bytes().array());
        if (piece.isLast()) {
            var image = new Image(piece.meta(), Bytes.wrap(received.toBytes()));
            keep(image);
            listener().received(piece.meta(), image, kept());
        } else {
            listener().pieceStored(piece.ticket());
        }
    }

    @Override
    public SnapshotMetrics metrics() {
        return SnapshotMetrics.NONE;
    }

    @Override
    public void close() {
        listener = null;
    }

    private Listener listener() {
        return Objects.requireNonNull(listener, "started");
    }
}
