package io.muster.raftruntime;

import io.muster.raft.Batch;
import io.muster.raft.Raft;
import java.util.List;

/// Where committed batches come from: the core's memory while they are young, the store when they are old.
record CoreAndStore(Raft raft, LogStore store) implements Delivery.BatchSource {
    @Override
    public List<Batch> recent(long index, int maxBytes) {
        return raft.recent(index, maxBytes);
    }

    @Override
    public boolean isInLog(Batch batch) {
        return raft.holds(batch);
    }

    @Override
    public void readOld(long index, int maxBytes) {
        store.read(new LogStore.ReadTicket.Replay(), index, maxBytes);
    }
}
