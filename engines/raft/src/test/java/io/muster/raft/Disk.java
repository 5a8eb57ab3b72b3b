package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.SnapshotMeta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A disk that keeps what was synced and forgets the rest when its node crashes (T9).
final class Disk {
    private final ArrayDeque<Effect> unsynced = new ArrayDeque<>();
    private final TreeMap<Long, Batch> log = new TreeMap<>();
    private final SnapshotDisk snapshots = new SnapshotDisk();
    private LogStart base = LogStart.BEGINNING;
    private VoteState state = VoteState.INITIAL;

    /// A disk whose log begins with `configuration`.
    static Disk bootstrapped(Configuration configuration) {
        var disk = new Disk();
        disk.log.put(1L, Batch.bootstrap(configuration));
        return disk;
    }

    void write(Effect.Persist persist) {
        unsynced.addLast(persist);
    }

    /// Done after the writes before it, and no later than the next one.
    void cutPrefix(Effect.CutPrefix cut) {
        unsynced.addLast(cut);
        cutPrefixes();
    }

    boolean isSynced() {
        return unsynced.isEmpty();
    }

    /// Syncs the oldest write and returns its ticket.
    long sync() {
        var persist = (Effect.Persist) unsynced.removeFirst();
        if (persist.isStateChanged()) {
            state = persist.state();
        }
        cut(persist.cut());
        for (Batch batch : persist.batches()) {
            assertThat(lastIndex()).as("a stored log has no gaps").isEqualTo(batch.firstIndex() - 1);
            log.put(batch.firstIndex(), batch);
        }
        cutPrefixes();
        return persist.ticket();
    }

    private void cut(Effect.Cut cut) {
        switch (cut) {
            case Effect.Cut.Nothing _ -> {}
            case Effect.Cut.From(long index) -> {
                var before = log.headMap(index, false).lastEntry();
                assertThat(before == null ? base.index() : before.getValue().lastIndex())
                        .as("a cut lies between two batches")
                        .isLessThan(index);
                log.tailMap(index).clear();
            }
            case Effect.Cut.Everything(LogStart next) -> {
                log.clear();
                base = next;
            }
        }
    }

    private void cutPrefixes() {
        while (unsynced.peekFirst() instanceof Effect.CutPrefix(LogStart next)) {
            unsynced.removeFirst();
            var last = log.floorEntry(next.index()).getValue();
            assertThat(last.lastIndex()).as("a log begins between two batches").isEqualTo(next.index());
            assertThat(last.term()).as("a base has its entry's term").isEqualTo(next.term());
            assertThat(last.time()).as("a base has its entry's time").isEqualTo(next.time());
            log.headMap(next.index(), true).clear();
            base = next;
        }
    }

    /// The writes that are not synced, oldest first.
    List<Effect.Persist> unsynced() {
        return unsynced.stream()
                .filter(Effect.Persist.class::isInstance)
                .map(Effect.Persist.class::cast)
                .toList();
    }

    /// What was not synced is gone; a prefix that was to be cut behind a write that was never made
    /// stays.
    void forgetUnsynced() {
        unsynced.clear();
        snapshots.forgetUnfinished();
    }

    long lastIndex() {
        return log.isEmpty() ? base.index() : log.lastEntry().getValue().lastIndex();
    }

    VoteState state() {
        return state;
    }

    LogStart base() {
        return base;
    }

    SnapshotDisk snapshots() {
        return snapshots;
    }

    /// The synced batches, oldest first.
    List<Batch> batches() {
        return List.copyOf(log.values());
    }

    /// Replaces what is stored, for a test that begins in the middle.
    void store(VoteState stored, List<Batch> batches) {
        state = stored;
        log.clear();
        batches.forEach(batch -> log.put(batch.firstIndex(), batch));
    }

    /// Replaces what is stored by a log that begins behind `snapshot`, which is kept beside it.
    void store(VoteState stored, SnapshotMeta snapshot, List<Batch> batches) {
        store(stored, batches);
        base = LogStart.behind(snapshot);
        snapshots.add(snapshot, Bytes.utf8("state up to " + snapshot.lastIndex()));
    }

    List<Batch> read(Effect.ReadBatches wanted) {
        var batches = new ArrayList<Batch>();
        int size = 0;
        Long first = log.floorKey(wanted.from());
        for (Batch batch : (first == null ? log : log.tailMap(first)).values()) {
            if (!batches.isEmpty() && size + batch.size() > wanted.maxBytes()) {
                break;
            }
            batches.add(batch);
            size += batch.size();
        }
        return batches;
    }

    Restored restore(int tailBytes) {
        var reading = new Restored.Builder(tailBytes, base, snapshots.kept());
        log.values().forEach(reading::add);
        return reading.finish(state);
    }
}
