package io.muster.simulation;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.log.EngineException;
import io.muster.log.FrozenState;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import io.muster.raftruntime.SnapshotMetrics;
import io.muster.raftruntime.SnapshotStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The snapshots on one node's disk over all its lives. What was whole stays when the power goes; what
/// was being written or received is forgotten. Each act takes a while, and now and then one is refused,
/// or a bit rots.
final class SimSnapshots {
    private static final int KEPT = 2;
    private static final int MAX_BYTES = 1 << 28;

    private final Agenda agenda;
    private final Chance chance;
    private final Oracle oracle;
    private final Refusals refusals;
    private final TreeMap<Long, Image> images = new TreeMap<>(Comparator.reverseOrder());
    private @Nullable Store open;
    private long newestReceived;

    SimSnapshots(Agenda agenda, Chance chance, Oracle oracle, Refusals refusals) {
        this.oracle = oracle;
        this.agenda = agenda;
        this.chance = chance;
        this.refusals = refusals;
    }

    /// How often the disk refuses: once in so many times, never where it is 0.
    ///
    /// @param writes a snapshot that is written
    /// @param pieces a piece that is received
    record Refusals(int writes, int pieces) {
        static final Refusals NONE = new Refusals(0, 0);
        static final Refusals USUAL = new Refusals(20, 100);
    }

    /// A snapshot as one row of bytes, the last four of which are the checksum of all that it is.
    private record Image(SnapshotMeta meta, Bytes bytes) implements SnapshotReader {
        static Image of(SnapshotMeta meta, BinaryWriter content) {
            byte[] all = content.toBytes();
            return new Image(meta, Bytes.wrap(content.i32(checksum(meta, all)).toBytes()));
        }

        private static int checksum(SnapshotMeta meta, byte[] content) {
            return new BinaryWriter()
                    .i64(meta.lastIndex())
                    .i64(meta.lastTerm())
                    .raw(meta.engine().array())
                    .raw(content)
                    .checksumFrom(0);
        }

        boolean isWhole() {
            byte[] all = bytes.array();
            int end = all.length - Integer.BYTES;
            return end >= 0
                    && BinaryReader.over(all, end, Integer.BYTES).i32() == checksum(meta, Arrays.copyOf(all, end));
        }

        @Override
        public Iterable<Bytes> section(String name) {
            var chunks = new ArrayList<Bytes>();
            var reader = BinaryReader.over(bytes.array(), 0, bytes.size() - Integer.BYTES);
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

    /// The snapshots as the process sees them that starts now.
    SnapshotStore open() {
        open = new Store();
        return open;
    }

    /// The power goes.
    void crash() {
        Store store = open;
        if (store != null) {
            store.close();
            open = null;
        }
    }

    /// Between two lives the folder is emptied.
    void empty() {
        images.clear();
    }

    /// The log was given up and begins behind the snapshot at `index`, as behind one that was received.
    void beginsAt(long index) {
        newestReceived = index;
    }

    /// Between two lives a bit of the newest rots, where the one before it must do: the node has taken the
    /// newest itself, and its log goes back to the one before. A log that begins at the newest, since it
    /// was received or since its own end was lost, has no other.
    void rotNewest() {
        if (images.size() == KEPT && images.firstKey() != newestReceived) {
            Image newest = images.firstEntry().getValue();
            byte[] rotten = newest.bytes().array().clone();
            rotten[chance.between(0, rotten.length - 1)] ^= (byte) (1 << chance.between(0, 7));
            images.put(newest.meta().lastIndex(), new Image(newest.meta(), Bytes.wrap(rotten)));
        }
    }

    private void put(Image image) {
        images.put(image.meta().lastIndex(), image);
        while (images.size() > KEPT) {
            images.pollLastEntry();
        }
    }

    private final class Store implements SnapshotStore {
        private final Map<Long, Image> pinned = new HashMap<>();
        private @Nullable Image written;
        private BinaryWriter received = new BinaryWriter();
        private @Nullable SnapshotMeta receiving;
        private @Nullable Listener listener;
        private boolean isGone;
        private boolean hasFallen;

        @Override
        public List<SnapshotMeta> kept() {
            return images.values().stream().map(Image::meta).toList();
        }

        @Override
        public Optional<SnapshotReader> open(SnapshotMeta meta) {
            Image image = images.get(meta.lastIndex());
            if (image != null && !image.isWhole()) {
                images.remove(meta.lastIndex());
                hasFallen = true;
                return Optional.empty();
            }
            if (image != null) {
                oracle.rarities().saw(hasFallen ? Rarity.FALLBACK : Rarity.START_FROM_SNAPSHOT);
            }
            return Optional.ofNullable(image);
        }

        @Override
        public void start(Listener to) {
            listener = to;
        }

        @Override
        public void write(SnapshotMeta meta, FrozenState state) {
            later(50_000, () -> {
                try (state) {
                    var content = new BinaryWriter();
                    state.write((section, chunk) -> content.text(section).blob(chunk));
                    if (chance.oneIn(refusals.writes())) {
                        told().notWritten("the simulated disk is full");
                    } else {
                        written = Image.of(meta, content);
                        told().written(meta);
                    }
                } catch (EngineException e) {
                    told().notWritten(String.valueOf(e.getMessage()));
                }
            });
        }

        @Override
        public void keep(SnapshotMeta meta) {
            later(2_000, () -> {
                Image image = written;
                written = null;
                if (image == null) {
                    throw new IllegalStateException("only what was written is kept");
                }
                put(image);
                oracle.rarities().saw(Rarity.SNAPSHOT);
                told().kept(kept());
            });
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
            if (image == null) {
                throw oracle.violation("snapshot " + wanted.lastIndex() + " is read and not pinned");
            }
            if (wanted.offset() >= image.bytes().size()) {
                return;
            }
            // Short pieces, so that an install takes several.
            int from = Math.toIntExact(wanted.offset());
            int most = Math.max(1, Math.min(wanted.maxBytes(), image.bytes().size() / 4));
            int length = Math.min(most, image.bytes().size() - from);
            byte[] piece =
                    BinaryReader.over(image.bytes().array(), from, length).raw(length);
            boolean isLast = from + length == image.bytes().size();
            later(2_000, () -> told().pieceRead(wanted.ticket(), Bytes.wrap(piece), isLast));
        }

        @Override
        public void receive(Piece piece) {
            later(5_000, () -> take(piece));
        }

        private void take(Piece piece) {
            if (piece.offset() == 0) {
                received = new BinaryWriter();
                receiving = piece.meta();
            }
            boolean isNext = piece.meta().equals(receiving) && received.size() == piece.offset();
            if (!isNext || chance.oneIn(refusals.pieces())) {
                receiving = null;
                told().pieceRefused(piece.ticket());
                return;
            }
            received.raw(piece.bytes().array());
            if (!piece.isLast()) {
                told().pieceStored(piece.ticket());
                return;
            }
            var image = new Image(piece.meta(), Bytes.wrap(received.toBytes()));
            receiving = null;
            if (image.isWhole()) {
                put(image);
                newestReceived = piece.meta().lastIndex();
                told().received(piece.meta(), image, kept());
            } else {
                told().pieceRefused(piece.ticket());
            }
        }

        @Override
        public SnapshotMetrics metrics() {
            return SnapshotMetrics.NONE;
        }

        @Override
        public void close() {
            isGone = true;
        }

        /// Acts in the order asked, some time later; none where the power has gone by then.
        private long lastNanos;

        private void later(int micros, Runnable act) {
            lastNanos = Math.max(lastNanos + 1, agenda.nowNanos() + chance.nanos(100, micros));
            agenda.in(lastNanos - agenda.nowNanos(), () -> {
                if (!isGone) {
                    act.run();
                }
            });
        }

        private Listener told() {
            Listener to = listener;
            if (to == null) {
                throw new IllegalStateException("a store is started before it is asked");
            }
            return to;
        }
    }
}
