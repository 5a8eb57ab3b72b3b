package io.muster.raftruntime;

import io.muster.log.SnapshotMeta;
import io.muster.raft.Batch;
import io.muster.raft.Configuration;
import io.muster.raft.Effect;
import io.muster.raft.LogStart;
import io.muster.raft.Restored;
import io.muster.raft.VoteState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A log that lives as long as its object: closing and starting it again is what a restart is to a disk. It answers
/// within the call, on the caller's thread.
public final class MemoryLogStore implements LogStore {
    private final TreeMap<Long, Batch> batches = new TreeMap<>();
    private VoteState state = VoteState.INITIAL;
    private LogStart base = LogStart.BEGINNING;
    private @Nullable Listener listener;
    private long room = Long.MAX_VALUE;

    public MemoryLogStore(Configuration voters) {
        batches.put(1L, Batch.bootstrap(voters));
    }

    @Override
    public Restored restore(int tailBytes, List<SnapshotMeta> kept) {
        var log = new Restored.Builder(tailBytes, base, kept.reversed());
        batches.values().forEach(log::add);
        return log.finish(state);
    }

    /// From now on the log may grow by `bytes`.
    void leaveRoom(long bytes) {
        room = bytes;
    }

    @Override
    public long roomBytes() {
        return room;
    }

    @Override
    public void start(Listener to) {
        listener = to;
    }

    @Override
    public void persist(Effect.Persist write) {
        if (write.isStateChanged()) {
            state = write.state();
        }
        switch (write.cut()) {
            case Effect.Cut.Nothing _ -> {}
            case Effect.Cut.From(long index) -> batches.tailMap(index, true).clear();
            case Effect.Cut.Everything(LogStart next) -> {
                batches.clear();
                base = next;
            }
        }
        write.batches().forEach(batch -> batches.put(batch.lastIndex(), batch));
        Objects.requireNonNull(listener, "started").persisted(write.ticket());
    }

    @Override
    public void cutPrefix(LogStart next) {
        base = next;
        batches.headMap(next.index(), true).clear();
    }

    @Override
    public void read(ReadTicket ticket, long from, int maxBytes) {
        var found = new ArrayList<Batch>();
        long room = maxBytes;
        for (Batch batch : batches.tailMap(from, true).values()) {
            room -= batch.size();
            if (!found.isEmpty() && room < 0) {
                break;
            }
            found.add(batch);
        }
        Objects.requireNonNull(listener, "started").read(ticket, List.copyOf(found));
    }

    @Override
    public void close() {
        listener = null;
    }
}
