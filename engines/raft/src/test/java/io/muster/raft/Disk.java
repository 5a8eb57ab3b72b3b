package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A disk that keeps what was synced and forgets the rest when its node crashes (T9).
final class Disk {
    private final ArrayDeque<Effect.Persist> unsynced = new ArrayDeque<>();
    private final TreeMap<Long, Batch> log = new TreeMap<>();
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

    boolean isSynced() {
        return unsynced.isEmpty();
    }

    /// Syncs the oldest write and returns its ticket.
    long sync() {
        var persist = unsynced.removeFirst();
        if (persist.isStateChanged()) {
            state = persist.state();
        }
        cut(persist.cut());
        for (Batch batch : persist.batches()) {
            assertThat(lastIndex()).as("a stored log has no gaps").isEqualTo(batch.firstIndex() - 1);
            log.put(batch.firstIndex(), batch);
        }
        return persist.ticket();
    }

    private void cut(Effect.Cut cut) {
        switch (cut) {
            case Effect.Cut.Nothing _ -> {}
            case Effect.Cut.From(long index) -> {
                var before = log.headMap(index, false).lastEntry();
                assertThat(before == null ? 0 : before.getValue().lastIndex())
                        .as("a cut lies between two batches")
                        .isLessThan(index);
                log.tailMap(index).clear();
            }
            case Effect.Cut.Everything _ -> log.clear();
        }
    }

    /// The writes that are not synced, oldest first.
    List<Effect.Persist> unsynced() {
        return List.copyOf(unsynced);
    }

    void forgetUnsynced() {
        unsynced.clear();
    }

    long lastIndex() {
        return log.isEmpty() ? 0 : log.lastEntry().getValue().lastIndex();
    }

    VoteState state() {
        return state;
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

    List<Batch> read(Effect.ReadBatches wanted) {
        var batches = new ArrayList<Batch>();
        int size = 0;
        for (Batch batch : log.tailMap(log.floorKey(wanted.from())).values()) {
            if (!batches.isEmpty() && size + batch.size() > wanted.maxBytes()) {
                break;
            }
            batches.add(batch);
            size += batch.size();
        }
        return batches;
    }

    Restored restore(int tailBytes) {
        var reading = new Restored.Builder(tailBytes, LogBase.BEGINNING, List.of());
        log.values().forEach(reading::add);
        return reading.finish(state);
    }
}
