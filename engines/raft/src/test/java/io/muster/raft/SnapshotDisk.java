package io.muster.raft;

import io.muster.encoding.Bytes;
import io.muster.log.SnapshotMeta;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One node's snapshots: the two newest and what is pinned besides, and the one that is being received.
final class SnapshotDisk {
    /// Small enough that a snapshot of a few words travels in several pieces.
    private static final int PIECE_BYTES = 16;

    private final TreeMap<Long, Kept> kept = new TreeMap<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private Set<Long> pinned = Set.of();
    private @Nullable SnapshotMeta receiving;

    void add(SnapshotMeta meta, Bytes content) {
        kept.put(meta.lastIndex(), new Kept(meta, content));
        deleteOld();
    }

    void pin(Effect.PinSnapshots pins) {
        pinned = Set.copyOf(pins.indexes());
        deleteOld();
    }

    /// All that can be read, oldest first.
    List<SnapshotMeta> kept() {
        return kept.values().stream().map(Kept::meta).toList();
    }

    /// The newest one cannot be read any more.
    void damageNewest() {
        kept.pollLastEntry();
    }

    void forgetUnfinished() {
        receiving = null;
        received.reset();
        pinned = Set.of();
        deleteOld();
    }

    /// The answer to a read; none where there is nothing to read.
    List<Input> read(Effect.ReadPiece wanted) {
        var source = kept.get(wanted.index());
        if (source == null || wanted.offset() >= source.content().size()) {
            return List.of();
        }
        byte[] all = source.content().array();
        int from = (int) wanted.offset();
        int to = Math.min(all.length, from + PIECE_BYTES);
        return List.of(
                new Input.PieceRead(wanted.ticket(), Bytes.wrap(Arrays.copyOfRange(all, from, to)), to == all.length));
    }

    /// The answers to a piece; the whole is kept once its last piece is there.
    List<Input> store(Effect.StorePiece piece) {
        if (piece.offset() == 0) {
            receiving = piece.meta();
            received.reset();
        }
        if (!piece.meta().equals(receiving) || piece.offset() != received.size()) {
            return List.of(new Input.PieceRefused(piece.ticket()));
        }
        received.writeBytes(piece.bytes().array());
        if (!piece.isLast()) {
            return List.of(new Input.PieceStored(piece.ticket()));
        }
        receiving = null;
        var content = Bytes.wrap(received.toByteArray());
        if (!content.text().startsWith("state up to " + piece.meta().lastIndex())) {
            return List.of(new Input.PieceRefused(piece.ticket()));
        }
        add(piece.meta(), content);
        return List.of(new Input.SnapshotReceived(piece.meta()), new Input.SnapshotsKept(kept()));
    }

    private void deleteOld() {
        var newest = new TreeSet<>(kept.descendingKeySet().stream().limit(2).toList());
        kept.keySet().removeIf(index -> !newest.contains(index) && !pinned.contains(index));
    }

    private record Kept(SnapshotMeta meta, Bytes content) {}
}
